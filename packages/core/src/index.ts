import "./copy.ts";
export { App } from "./app.ts";
export type { AppLimits, AppOptions } from "./app-options.ts";
export { BackgroundTasks } from "./background-tasks.ts";
export { Depends } from "./depends.ts";
export { BootError } from "./errors/boot-error.ts";
export type { ErrorFormat } from "./errors/error-format.ts";
export { onError, type ErrorHandler, type ErrorRule } from "./errors/on-error.ts";
export { ResponseValidationError } from "./errors/response-validation-error.ts";
export type { ListedRoute } from "./explain/list-routes.ts";
export type { Lifespan } from "./lifespan.ts";
export { neverThrowing, standardLogger, type Logger } from "./logger.ts";
export { millisecondsDoubt } from "./milliseconds-doubt.ts";
export { SteadyLog } from "./steady-log.ts";
export type { Replacement } from "./overrides.ts";
export { Body, Cookie, Form, Header, Path, Query, type PathParam, type TextSource } from "./parameters/decorators.ts";
export { Model, type Given, type ModelClass } from "./parameters/model.ts";
export { JSONLinesBody, RawBody, TextBody } from "./parameters/raw-body.ts";
export { Upload, type Uploaded } from "./parameters/upload.ts";
export type { UploadOptions } from "./parameters/upload-options.ts";
export { reply, StatusReply } from "./replies/reply-with.ts";
export type { ResponseOptions } from "./replies/response-options.ts";
export { Controller, type ControllerOptions } from "./routes/controller.ts";
export { Delete, Get, Head, Options, Patch, Post, Put, Trace, type RouteDecorator } from "./routes/decorators.ts";
export type { FunctionRoute } from "./routes/function-route.ts";
export type { RouteOptions, StatusWithBody, StatusWithoutBody } from "./routes/options.ts";
export type { ScopeOptions } from "./scope.ts";
export { ListenError } from "./server/listen-error.ts";
export type { ListenOptions } from "./server/listening.ts";
export { RequestValidationError, type Problem as ValidationProblem } from "./validation/index.ts";
export {
  middleware,
  type AnyMiddleware,
  type GivenToMiddleware,
  type MatchedRoute,
  type Middleware,
  type MiddlewareWithNeeds,
  type Next,
  type TypedMiddleware,
} from "./middleware/middleware.ts";
export type { FetchTarget, MountTarget, NodeTarget } from "./mounts/mount.ts";
export type { TrailingSlash } from "./route-table.ts";
export type { QueryValues } from "./routes/route-names.ts";
export { Router, type AnyRouter, type IncludeOptions, type RouterOptions } from "./routes/router.ts";

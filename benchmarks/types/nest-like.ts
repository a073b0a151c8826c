/** The names of the framework typed as Nest types its own: decorators are called with types, and nothing is checked. */
import * as madeleine from "madeleine";

/* oxlint-disable typescript/no-explicit-any -- as Nest has them */
const untyped: any = madeleine;
type Source = (...parameters: any[]) => ParameterDecorator;
type Route = (path?: string, options?: object) => MethodDecorator;

export const Body: Source = untyped.Body;
export const Controller: (prefix?: string) => ClassDecorator = untyped.Controller;
export const Cookie: Source = untyped.Cookie;
export const Delete: Route = untyped.Delete;
export const Get: Route = untyped.Get;
export const Header: Source = untyped.Header;
export const Path: Source = untyped.Path;
export const Post: Route = untyped.Post;
export const Put: Route = untyped.Put;
export const Query: Source = untyped.Query;
export const dependency: (needs: Record<string, any>, resolve: (values: any) => unknown) => () => ParameterDecorator =
  untyped.dependency;
export { App, Request, Response } from "madeleine";

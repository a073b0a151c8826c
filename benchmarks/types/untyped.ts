/** The names of the framework as frameworks without typed decorators have them: whatever they are given, they take. */
import * as madeleine from "madeleine";

/* oxlint-disable typescript/no-explicit-any -- this is the measure: what the same application costs without checks */
type Untyped = any;

export const Body: Untyped = madeleine.Body;
export const Controller: Untyped = madeleine.Controller;
export const Cookie: Untyped = madeleine.Cookie;
export const Delete: Untyped = madeleine.Delete;
export const Get: Untyped = madeleine.Get;
export const Header: Untyped = madeleine.Header;
export const Path: Untyped = madeleine.Path;
export const Post: Untyped = madeleine.Post;
export const Put: Untyped = madeleine.Put;
export const Query: Untyped = madeleine.Query;
export const dependency: (needs: Record<string, Untyped>, resolve: (values: Untyped) => unknown) => Untyped =
  madeleine.dependency;
export { App, Request, Response } from "madeleine";

export { RouteTree, type Match } from "./route-tree.ts";

export { invalidJson, missing, type Problem } from "./problem.ts";
export { RequestValidationError } from "./request-validation-error.ts";
export { MAX_PROBLEMS, type RefusedInput, toProblems } from "./to-problems.ts";

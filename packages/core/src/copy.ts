import { registerCopy } from "@madeleine/di";

// Errors and their handlers meet by class, and classes of two copies never do.
registerCopy("@madeleine/core", import.meta.url);

import type { UploadedFile } from "@madeleine/http";
import type { InputSource } from "../parameters/source.ts";
import { missing, type Problem } from "../validation/index.ts";
import type { Input } from "./input.ts";

/** The files of one name in a form: the last, or all of them. */
export function uploadInput(source: InputSource, slot: number): Input {
  const { many = false, optional = false } = source.files ?? {};
  const name = source.name ?? "";
  return (_, { form }, values, problems) => {
    const files = form?.files.getAll(name) ?? [];
    if (files.length === 0) {
      if ((form?.get(name) ?? "") !== "") return void problems.push(textForFile(name));
      if (!optional) return void problems.push(missing(["body", name]));
    }
    values[slot] = many ? ([...files] satisfies UploadedFile[]) : files.at(-1);
  };
}

function textForFile(name: string): Problem {
  return { type: "value_error", loc: ["body", name], msg: "Value error, Expected a file, received text" };
}

import { App, Controller, Form, Post, Upload, UploadedFile } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

@Controller()
class Login {
  @Post("/login/")
  login(@Form(z.string()) username: string, @Form("password", z.string()) _password: string) {
    return { username };
  }
}

answers(() => new App({ controllers: [Login] }), {
  "form-missing": "a field that is missing is a 422",
  "form-json-instead": "JSON is no form",
  "form-empty-value": "an empty field is a missing one",
  "form-multipart": "fields are read from a multipart form, too",
});

const FormData = z.strictObject({ username: z.string(), password: z.string() });

@Controller()
class Modelled {
  @Post("/login/")
  login(@Form(FormData) data: z.infer<typeof FormData>) {
    return data;
  }
}

answers(() => new App({ controllers: [Modelled] }), {
  "form-model-ok": "a form model has all its fields",
});

@Controller()
class Files {
  @Post("/opt")
  optional(@Form(z.int().optional()) age: number | undefined) {
    return { age: age ?? null };
  }

  @Post("/file")
  file(@Upload() file: UploadedFile) {
    return { file: file.filename };
  }

  @Post("/optfile")
  optionalFile(@Upload({ optional: true }) file: UploadedFile | undefined) {
    return { file: file?.filename ?? null };
  }

  @Post("/files")
  files(@Upload({ many: true }) files: UploadedFile[]) {
    return { names: files.map(({ filename }) => filename) };
  }

  @Post("/mix")
  mixed(@Form(z.string()) note: string, @Upload() file: UploadedFile) {
    return { note, file: file.filename };
  }
}

answers(() => new App({ controllers: [Files] }), {
  "form-opt-empty": "an optional field that is empty is undefined",
  "form-file-as-string": "text where a file belongs is a 422",
  "form-optfile-absent": "an optional file that is missing is undefined",
  "form-optfile-empty-name": "a file input that was left empty is no file",
  "form-files": "several files have one name",
  "form-mix-file-first": "a file may come before a field",
  "form-no-boundary": "multipart without a boundary is a 400",
  "form-bad-multipart": "multipart that never meets its boundary is a 400",
});

test.run();

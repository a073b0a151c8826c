import { App, Controller, Get, Header } from "madeleine";
import { test } from "uvu";
import { z } from "zod";
import { answers } from "./answers.ts";

@Controller()
class UserAgent {
  @Get("/items/")
  read(@Header() user_agent: string | undefined) {
    return { "User-Agent": user_agent ?? null };
  }
}

answers(() => new App({ controllers: [UserAgent] }), {
  "header-ua-absent": "an optional header that is missing is undefined",
});

@Controller()
class Strange {
  @Get("/items/")
  read(@Header("strange_header") strange: string | undefined) {
    return { strange_header: strange ?? null };
  }
}

answers(() => new App({ controllers: [Strange] }), {
  "header-noconv-underscore": "a name that is written out keeps its underscore",
  "header-noconv-none": "a name that is written out is optional as well",
});

@Controller()
class Tokens {
  @Get("/items/")
  read(@Header(z.array(z.string()).optional()) x_token: string[] | undefined) {
    return { "X-Token values": x_token ?? null };
  }
}

answers(() => new App({ controllers: [Tokens] }), {
  "header-dup-list": "several lines of one name make a list",
  "header-list-none": "an optional list that is missing is undefined",
  "header-list-comma": "a comma does not divide a header",
});

@Controller()
class Scalars {
  @Get("/req")
  required(@Header("x-token", z.string()) token: string) {
    return { t: token };
  }

  @Get("/dup")
  duplicate(@Header("x-a") a: string | undefined) {
    return { a: a ?? null };
  }
}

answers(() => new App({ controllers: [Scalars] }), {
  "header-case-insensitive": "the case of a header's name does not matter",
  "header-dup-scalar": "of two lines of one name the first counts",
});

const CommonHeaders = z.object({
  host: z.string(),
  save_data: z.boolean(),
  if_modified_since: z.string().optional(),
  traceparent: z.string().optional(),
  x_tag: z.array(z.string()).default([]),
});

@Controller()
class Modelled {
  @Get("/items/")
  read(@Header(CommonHeaders) headers: z.infer<typeof CommonHeaders>) {
    return headers;
  }
}

answers(() => new App({ controllers: [Modelled] }), {
  "header-model1-ok": "a header model reads its fields under their header names",
});

const StrictHeaders = z.strictObject(CommonHeaders.shape);

@Controller()
class Strict {
  @Get("/items/")
  read(@Header(StrictHeaders) headers: z.infer<typeof StrictHeaders>) {
    return headers;
  }
}

answers(() => new App({ controllers: [Strict] }), {
  "header-model2-forbid-extra": "a strict header model forbids other headers",
});

test.run();

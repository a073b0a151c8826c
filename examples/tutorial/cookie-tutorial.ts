import { Controller, Cookie, Get, JSONResponse, Request, Response } from "madeleine";

@Controller()
export class CookieTutorial {
  @Get("/set-cookie")
  setCookie(response: Response) {
    response.setCookie("cookie_name", "cookie_value");
    return { message: "Cookie set successfully" };
  }

  @Get("/set-advanced-cookie")
  setAdvancedCookie(response: Response) {
    response.setCookie("user_preferences", "dark_mode", {
      maxAge: 3600,
      path: "/",
      secure: false,
      httpOnly: true,
      sameSite: "lax",
    });
    return { message: "Advanced cookie set successfully" };
  }

  @Get("/read-cookie")
  readCookie(@Cookie() user_preferences?: string) {
    return { cookie_value: user_preferences ?? null, message: "Cookie read successfully" };
  }

  @Get("/update-cookie")
  updateCookie(request: Request, response: Response) {
    const previous = request.cookies.get("user_preferences") ?? null;
    const next = previous === "dark_mode" ? "light_mode" : "dark_mode";
    response.setCookie("user_preferences", next);
    return { previous_value: previous, new_value: next, message: "Cookie updated successfully" };
  }

  @Get("/delete-cookie")
  deleteCookie(response: Response) {
    response.deleteCookie("user_preferences");
    return { message: "Cookie deleted successfully" };
  }

  @Get("/json-with-cookie")
  jsonWithCookie() {
    const response = new JSONResponse({ message: "This response has a cookie" });
    response.setCookie("my_cookie", "cookie_from_json_response");
    return response;
  }
}

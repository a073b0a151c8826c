import { App } from "madeleine";
import { Account } from "./account.ts";
import { CookieTutorial } from "./cookie-tutorial.ts";
import { Pages } from "./pages.ts";

export const app = new App({ title: "Cookie tutorial", controllers: [CookieTutorial, Account, Pages] });

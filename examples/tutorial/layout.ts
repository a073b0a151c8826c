import { html, type Html } from "madeleine";

/** The frame of every page. What is put into `html` is escaped, so a cookie's value with markup in it is shown as text. */
export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Madeleine</title>
        <style>
          :root {
            color-scheme: light dark;
            font: 16px/1.55 system-ui, sans-serif;
          }
          body {
            max-width: 42rem;
            margin: 3rem auto;
            padding: 0 1rem;
          }
          h1 {
            font-size: 1.7rem;
          }
          h2 {
            font-size: 1.1rem;
            margin-top: 2rem;
          }
          table {
            border-collapse: collapse;
            width: 100%;
          }
          th,
          td {
            text-align: left;
            padding: 0.3rem 0.6rem;
            border-bottom: 1px solid #8884;
            overflow-wrap: anywhere;
          }
          code {
            margin-left: 0.6rem;
            opacity: 0.7;
          }
          .steps li {
            margin: 0.5rem 0;
          }
          input,
          button {
            font: inherit;
            padding: 0.3rem 0.6rem;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`;
}

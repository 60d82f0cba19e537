import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ErrorMessage } from "./error-message.tsx";

const shown = (digest?: string) => renderToStaticMarkup(createElement(ErrorMessage, { digest, onRetry: () => undefined }));

test("an error page says under what the log has its reason, and leads to no log where there is none", () => {
  expect(shown("1234567890")).toContain("the console’s log has the reason, under 1234567890.");
  expect(shown()).toContain("tell an administrator.");
});

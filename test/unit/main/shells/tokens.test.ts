// File tokens: good once, or a path of the command line.
import { expect, test } from "vitest";
import { resolve } from "node:path";
import { createTokens, pathTokens } from "../../../../main/shells/node/tokens.ts";

test("a chosen file is taken once, by a token that tells nothing of its path", async () => {
  const tokens = createTokens();
  const token = tokens.offer("/media/usb/amina.pdf");
  expect(token).toMatch(/^[0-9a-f]{32}$/);
  expect(await tokens.take(token)).toEqual({
    ok: true,
    value: { path: resolve("/media/usb/amina.pdf"), name: "amina.pdf" },
  });
  expect(await tokens.take(token)).toEqual({ ok: false, error: { type: "UnknownFile" } });
});

test.each(["", "/media/usb/amina.pdf", "0".repeat(32), "__proto__"])("nobody offered %j", async (token) => {
  expect(await createTokens().take(token)).toEqual({ ok: false, error: { type: "UnknownFile" } });
});

test("on the command line a token is a path", async () => {
  const tokens = pathTokens("/vaults");
  expect(await tokens.take("practice")).toEqual({
    ok: true,
    value: { path: resolve("/vaults/practice"), name: "practice" },
  });
  expect(await tokens.take("/media/usb")).toEqual({
    ok: true,
    value: { path: resolve("/media/usb"), name: "usb" },
  });
  expect(await tokens.take("a\0b")).toEqual({ ok: false, error: { type: "UnknownFile" } });
});

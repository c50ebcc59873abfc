// The page's entry: puts the program into it.
import "./ui/base.css";
import "./ui/fonts.ts";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "react-aria-components";
import { App } from "./app.tsx";
import { languageFor, Spoken } from "./i18n/texts.tsx";

const language = languageFor(navigator.language);
document.documentElement.lang = language.locale;
document.documentElement.dir = language.direction;

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <I18nProvider locale={language.locale}>
    <Spoken language={language}>
      <App />
    </Spoken>
  </I18nProvider>,
);

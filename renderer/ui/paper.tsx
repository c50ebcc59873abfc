// A page made for paper, shown as it would lie there: no script runs in it, nothing can be loaded and no link leads on.
import type { SyntheticEvent } from "react";
import styles from "./paper.module.css";

const sheet = /<style>([^<]*)<\/style>/;

/**
 * The page's own sheet stands in it as text, which the window's policy refuses; it is put beside the page instead, where it
 * reaches nothing but this frame.
 */
export function Paper({ html, label }: { readonly html: string; readonly label: string }) {
  const dress = ({ currentTarget: frame }: SyntheticEvent<HTMLIFrameElement>) => {
    const page = frame.contentDocument;
    const inside = frame.contentWindow as (Window & typeof globalThis) | null;
    if (page === null || inside === null) return;
    const own = new inside.CSSStyleSheet();
    own.replaceSync(sheet.exec(html)?.[1] ?? "");
    page.adoptedStyleSheets = [own];
  };
  return (
    <iframe
      className={styles["paper"]}
      title={label}
      sandbox="allow-same-origin"
      srcDoc={html.replaceAll(new RegExp(sheet, "g"), "")}
      onLoad={dress}
    />
  );
}

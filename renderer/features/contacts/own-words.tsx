// What she reads aloud to the other side: her ten words and digits, and her code to be photographed.
import type { Value } from "../../bridge/bridge.ts";
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { useToPrinter } from "../../parts/to-printer.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./contacts.module.css";

export function OwnWords() {
  const texts = useTexts();
  const own = useAsk("contacts.ownWords", {});
  const code = useAsk("contacts.ownQr", {});
  const printer = useToPrinter({
    what: { ownWords: true },
    label: texts.t("screens.contacts.printOwn"),
    none: texts.t("screens.contacts.noPrinter"),
    done: (name) => texts.t("screens.contacts.printedOwn", { printer: name }),
  });
  if (own.value === undefined) return <TroubleNotice trouble={own.trouble} />;
  return (
    <>
      <h2>{texts.t("screens.contacts.own")}</h2>
      <ol className={styles["words"]} dir="ltr" lang="en">
        {own.value.words.map((word, at) => (
          <li key={`${at} ${word}`}>{word}</li>
        ))}
      </ol>
      <p className={styles["quiet"]}>{texts.t("screens.contacts.ownWhy")}</p>
      <h3>{texts.t("screens.contacts.digits")}</h3>
      <p className={styles["digits"]} dir="ltr">
        {own.value.digits.replaceAll(/\d{5}(?=\d)/g, "$& ")}
      </p>
      {code.value === undefined ? null : (
        <>
          <h3>{texts.t("screens.contacts.code")}</h3>
          <Code {...code.value} label={texts.t("screens.contacts.codeAlt")} />
          {printer.button}
          {printer.course}
          <p className={styles["quiet"]}>{texts.t("screens.contacts.printOwnWhy")}</p>
        </>
      )}
    </>
  );
}

/** Drawn here: the window's policy lets in no image that is not a file of the program. */
function Code({ size, path, label }: Value<"contacts.ownQr"> & { readonly label: string }) {
  return (
    <svg
      className={styles["code"]}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} stroke="#000" />
    </svg>
  );
}

// What she reads aloud to the other side: her ten words and digits, and her code to be photographed.
import { useAsk } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./contacts.module.css";

export function OwnWords() {
  const texts = useTexts();
  const own = useAsk("contacts.ownWords", {});
  const code = useAsk("contacts.ownQr", {});
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
        {own.value.digits}
      </p>
      {code.value === undefined ? null : (
        <>
          <h3>{texts.t("screens.contacts.code")}</h3>
          <img
            className={styles["code"]}
            alt={texts.t("screens.contacts.codeAlt")}
            src={`data:image/svg+xml,${encodeURIComponent(code.value.svg)}`}
          />
        </>
      )}
    </>
  );
}

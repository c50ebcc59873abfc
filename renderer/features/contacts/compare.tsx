// Comparing a contact's certificate: she reads, the listener types what is heard, and the program says whether it agrees.
// What is expected is never shown: a hurried eye would find it in what was heard.
import { useState } from "react";
import type { VerifiedHow } from "../../../shared/vocabulary/trust.ts";
import { useAct } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { PlaceChooser } from "../../parts/place-chooser.tsx";
import type { Contact } from "../../parts/trust-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Group } from "../../ui/frame.tsx";
import { TroubleNotice } from "../../ui/notice.tsx";
import styles from "./contacts.module.css";

const waysOf = (contact: Contact): readonly VerifiedHow[] =>
  contact.software === "other"
    ? ["fingerprint"]
    : ["words-by-telephone", "words-in-person", "digits", "code-picture"];

export function Compare({ contact, onAgreed }: { readonly contact: Contact; readonly onAgreed: () => void }) {
  const texts = useTexts();
  const ways = waysOf(contact);
  const [how, setHow] = useState<VerifiedHow>(ways[0] ?? "words-by-telephone");
  const [heard, setHeard] = useState("");
  const [choosing, setChoosing] = useState(false);
  const verify = useAct("contacts.verify");
  const verifyQr = useAct("contacts.verifyQr");
  const of = contact.contact;
  const words = heard.split(/[\s,]+/).filter((word) => word !== "");
  const byWords = how === "words-by-telephone" || how === "words-in-person";
  const act = async () => {
    const said = byWords
      ? { words }
      : how === "digits"
        ? { digits: heard.trim() }
        : { fingerprint: heard.trim() };
    if ((await verify.act({ contact: of, heard: said, how })) !== undefined) onAgreed();
  };
  const turn = (to: VerifiedHow) => {
    setHow(to);
    setHeard("");
    verify.forget();
    verifyQr.forget();
  };
  const wrong = wrongPlaces(verify.trouble);
  return (
    <Group title={texts.t("screens.contacts.verify")}>
      <form
        className={styles["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (how !== "code-picture" && heard.trim() !== "" && !verify.busy) void act();
        }}
      >
        <p>{texts.t("screens.contacts.verifyLead")}</p>
        <Radios
          label={texts.t("screens.contacts.how")}
          options={ways.map((id) => ({ id, label: texts.t(`screens.contacts.ways.${id}`) }))}
          value={how}
          onChange={turn}
        />
        {how === "code-picture" ? (
          choosing ? (
            <PlaceChooser
              want="file"
              title={texts.t("screens.contacts.pictureFile")}
              onClose={() => setChoosing(false)}
              onChoose={(file) => {
                setChoosing(false);
                void verifyQr.act({ contact: of, file, how }).then((done) => done && onAgreed());
              }}
            />
          ) : (
            <div className={styles["acts"]}>
              <Button busy={verifyQr.busy} onPress={() => setChoosing(true)}>
                {texts.t("screens.contacts.choosePicture")}
              </Button>
            </div>
          )
        ) : (
          <>
            <Field
              label={texts.t(
                byWords
                  ? "screens.contacts.heardWords"
                  : how === "digits"
                    ? "screens.contacts.heardDigits"
                    : "screens.contacts.heardFingerprint",
              )}
              {...(byWords
                ? { help: texts.t("screens.contacts.heardWordsHelp", { count: words.length }) }
                : {})}
              wrong={
                wrong.length === 0 || !byWords
                  ? undefined
                  : texts.t("screens.contacts.wrong", {
                      count: wrong.length,
                      places: texts.list(wrong.map((one) => texts.number(one))),
                    })
              }
              value={heard}
              onChange={setHeard}
              direction="ltr"
              width="full"
              maxLength={how === "digits" ? 80 : how === "fingerprint" ? 100 : 600}
            />
            <div className={styles["acts"]}>
              <Button type="submit" busy={verify.busy} disabled={heard.trim() === ""} onPress={() => {}}>
                {texts.t("screens.contacts.compare")}
              </Button>
            </div>
          </>
        )}
        <TroubleNotice trouble={how === "code-picture" ? verifyQr.trouble : verify.trouble} />
      </form>
    </Group>
  );
}

/** The places, counted from 1, at which the words differ. */
function wrongPlaces(trouble: Readonly<Record<string, unknown>> | undefined): readonly number[] {
  const wrong = trouble?.["type"] === "WordsDiffer" ? trouble["wrong"] : undefined;
  return Array.isArray(wrong) ? wrong.map(Number) : [];
}

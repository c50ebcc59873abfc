// The 24 words: shown once to be put on paper, then three of them read back from it.
import { Pencil, Printer } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Row, Rows } from "../ui/rows.tsx";
import { useToPrinter } from "./to-printer.tsx";
import styles from "./words-paper.module.css";

/** Shows the words, then asks three of them back; `onRight` once they were. */
export function WordsPaper({ words, onRight }: { readonly words: string; readonly onRight: () => void }) {
  const [asking, setAsking] = useState(false);
  const all = words.split(" ");
  return asking ? (
    <AskBack words={all} onRight={onRight} onAgain={() => setAsking(false)} />
  ) : (
    <Shown words={all} onPaper={() => setAsking(true)} />
  );
}

function Shown({ words, onPaper }: { readonly words: readonly string[]; readonly onPaper: () => void }) {
  const texts = useTexts();
  const printer = useToPrinter({
    what: { words: words.join(" ") },
    label: texts.t("screens.words.printGo"),
    none: texts.t("screens.words.printNone"),
    done: (name) => texts.t("screens.words.printDone", { printer: name }),
  });
  return (
    <>
      <div className={styles["head"]}>
        <h1>{texts.t("screens.words.title")}</h1>
        <p>{texts.t("screens.words.lead")}</p>
      </div>
      <ol className={styles["words"]} aria-label={texts.t("screens.words.list")}>
        {words.map((word, at) => (
          // The same word may stand twice among them.
          <li key={at}>
            <span className={styles["number"]}>{texts.number(at + 1)}</span>
            <bdi lang="en">{word}</bdi>
          </li>
        ))}
      </ol>
      <div className={styles["ways"]}>
        <Rows>
          <Row
            icon={<Pencil aria-hidden />}
            title={texts.t("screens.words.byHand")}
            note={texts.t("screens.words.byHandNote")}
          />
          <Row
            icon={<Printer aria-hidden />}
            title={texts.t("screens.words.print")}
            note={texts.t("screens.words.printNote")}
          >
            {printer.button}
          </Row>
        </Rows>
        {printer.course}
      </div>
      <div className={styles["acts"]}>
        <Button kind="first" autoFocus onPress={onPaper}>
          {texts.t("screens.words.onPaper")}
        </Button>
        <span className={styles["quiet"]}>{texts.t("screens.words.nextIs")}</span>
      </div>
    </>
  );
}

function AskBack({
  words,
  onRight,
  onAgain,
}: {
  readonly words: readonly string[];
  readonly onRight: () => void;
  readonly onAgain: () => void;
}) {
  const texts = useTexts();
  const [asked] = useState(() => threeOf(words.length));
  const [said, setSaid] = useState<readonly string[]>(["", "", ""]);
  const [looked, setLooked] = useState(false);
  const isRight = (at: number, index: number) => said[index]?.trim().toLowerCase() === words[at];
  const check = () => {
    setLooked(true);
    if (asked.every(isRight)) onRight();
  };
  return (
    <form
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <div className={styles["head"]}>
        <h1>{texts.t("screens.words.backTitle")}</h1>
        <p>{texts.t("screens.words.backLead")}</p>
      </div>
      {asked.map((at, index) => (
        <Field
          key={at}
          label={texts.t("screens.words.word", { n: at + 1 })}
          value={said[index] ?? ""}
          onChange={(now) => {
            setLooked(false);
            setSaid(said.map((one, other) => (other === index ? now : one)));
          }}
          autoFocus={index === 0}
          direction="ltr"
          maxLength={40}
          wrong={looked && !isRight(at, index) ? texts.t("screens.words.wrong", { n: at + 1 }) : undefined}
        />
      ))}
      <div>
        <h2>{texts.t("screens.words.keep")}</h2>
        <ul className={styles["keep"]}>
          <li>{texts.t("screens.words.keep1")}</li>
          <li>{texts.t("screens.words.keep2")}</li>
          <li>{texts.t("screens.words.keep3")}</li>
        </ul>
      </div>
      <div className={styles["acts"]}>
        <Button kind="first" type="submit" onPress={() => {}}>
          {texts.t("screens.words.check")}
        </Button>
        <Button kind="quiet" onPress={onAgain}>
          {texts.t("screens.words.again")}
        </Button>
      </div>
    </form>
  );
}

/** Three different positions by chance, in order. */
function threeOf(count: number): readonly number[] {
  const left = Array.from({ length: count }, (_, at) => at);
  const picked = [...crypto.getRandomValues(new Uint32Array(3))].map(
    (chance) => left.splice(chance % left.length, 1)[0] ?? 0,
  );
  return picked.toSorted((one, other) => one - other);
}

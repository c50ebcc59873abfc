// The 24 words anew, and what to do when somebody may know a passphrase.
import { useState } from "react";
import { call } from "../../bridge/bridge.ts";
import { useJob } from "../../bridge/job.ts";
import { useAct, useAsk, useRefresh } from "../../bridge/queries.tsx";
import { useTexts } from "../../i18n/texts.tsx";
import { NewPassphrase } from "../../parts/new-passphrase.tsx";
import { WordsPaper } from "../../parts/words-paper.tsx";
import { Button } from "../../ui/button.tsx";
import { Done, InPlace, Part, Running } from "./part.tsx";
import styles from "./settings.module.css";

type Doing = "renew" | "knows";

export function WordsPart() {
  const texts = useTexts();
  const settings = useAsk("desk.settings", {});
  const refresh = useRefresh();
  const renew = useAct("vault.renewWords");
  const knows = useAct("vault.somebodyKnows");
  const job = useJob();
  const [doing, setDoing] = useState<Doing>();
  const [passphrase, setPassphrase] = useState("");
  const [words, setWords] = useState<string>();
  const [done, setDone] = useState(false);
  const begin = (what: Doing) => {
    setDone(false);
    setDoing(what);
  };
  const close = () => {
    renew.forget();
    knows.forget();
    setPassphrase("");
    setDoing(undefined);
  };
  const show = (made: { readonly words: string } | undefined) => {
    if (made === undefined) return;
    setWords(made.words);
    close();
  };
  const confirmed = async () => {
    await call("desk.set", { wordsConfirmed: true });
    setWords(undefined);
    setDone(true);
    refresh();
  };
  if (words !== undefined)
    return (
      <div className={styles["words"]}>
        <WordsPaper words={words} onRight={() => void confirmed()} />
      </div>
    );
  const seen = settings.value?.wordsConfirmed;
  return (
    <>
      <Part title={texts.t("screens.settings.newWords")} note={texts.t("screens.settings.newWordsNote")}>
        {done ? (
          <Done>{texts.t("screens.settings.wordsDone")}</Done>
        ) : seen === undefined ? null : (
          <p>{texts.t(seen ? "screens.settings.wordsSeen" : "screens.settings.wordsUnseen")}</p>
        )}
        {doing === "renew" ? (
          <InPlace
            act={texts.t("screens.settings.newWordsGo")}
            ready
            busy={renew.busy}
            trouble={renew.trouble}
            onAct={() => void renew.act({}).then(show)}
            onCancel={close}
          >
            <p>{texts.t("screens.settings.newWordsAsk")}</p>
          </InPlace>
        ) : (
          <Button disabled={doing !== undefined} onPress={() => begin("renew")}>
            {texts.t("screens.settings.newWordsGo")}
          </Button>
        )}
      </Part>
      <Part title={texts.t("screens.settings.knows")} note={texts.t("screens.settings.knowsNote")}>
        {doing === "knows" ? (
          <InPlace
            act={texts.t("screens.settings.knowsGo")}
            ready={passphrase !== ""}
            busy={knows.busy}
            trouble={knows.trouble}
            onAct={() => void knows.act({ newPassphrase: passphrase, job: job.start() }).then(show)}
            onCancel={close}
          >
            <NewPassphrase value={passphrase} onChange={setPassphrase} autoFocus />
            <Running
              what={texts.t("screens.settings.knowing")}
              busy={knows.busy}
              course={job.progress}
              onStop={job.stop}
            />
          </InPlace>
        ) : (
          <Button disabled={doing !== undefined} onPress={() => begin("knows")}>
            {texts.t("screens.settings.knowsGo")}
          </Button>
        )}
      </Part>
    </>
  );
}

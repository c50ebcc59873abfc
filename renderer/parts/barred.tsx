// Why nothing at all of a case may go to a contact now; and, where the other office has no part in it, the way to give it one.
import type { CaseId } from "../../shared/vocabulary/ids.ts";
import type { Value } from "../bridge/bridge.ts";
import { useWay } from "../bridge/route.tsx";
import { useTexts } from "../i18n/texts.tsx";
import { Button } from "../ui/button.tsx";
import { Note, TroubleNotice } from "../ui/notice.tsx";

export function Barred({
  why,
  office,
  of,
  weAnswer,
}: {
  readonly why: Value<"consent.choices">["refused"];
  readonly office: string;
  readonly of: CaseId;
  readonly weAnswer: boolean;
}) {
  const texts = useTexts();
  const { go } = useWay();
  if (why !== "NoRole") return <TroubleNotice trouble={why === undefined ? undefined : { type: why }} />;
  return (
    <Note>
      <p>{texts.t("screens.case.notOnIt", { office })}</p>
      {weAnswer ? (
        <Button kind="link" onPress={() => go({ at: "case", case: of, tab: "overview", on: "team" })}>
          {texts.t("screens.case.team")}
        </Button>
      ) : (
        <p>{texts.t("screens.case.notOnItAsk")}</p>
      )}
    </Note>
  );
}

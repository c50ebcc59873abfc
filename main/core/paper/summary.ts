// Page 1 of a dossier: what is asked and by when, the table of persons, who vouches, what is missing, how to check us.
import type { Naming } from "./details.ts";
import type { DossierInput } from "./input.ts";
import { html, type Html } from "./html.ts";
import { people, type Application } from "./persons.ts";
import { orUnstated, row, shownDate } from "./show.ts";
import type { Texts } from "./texts.ts";

/** Page 1; `contents` are the titles of all parts, in order. */
export function summary(input: DossierInput, naming: Naming, contents: readonly string[]): Html {
  const { texts } = naming;
  const { t } = texts;
  const [application, ...others] = applicationsOf(input);
  return html`<section class="first">
    <header class="head">
      <div><strong>${input.office.name}</strong>${input.office.lines.map((line) => html`${line}<br />`)}</div>
      <div class="right">
        <span class="quiet">${t("dossier.to")}</span
        ><br />${input.recipient.lines.map((line) => html`${line}<br />`)}
      </div>
    </header>
    <h1>${t("dossier.heading")}</h1>
    <dl class="three">
      ${row(t("dossier.purpose"), t(`purposes.${input.purpose}`))}${row(t("dossier.reference"), input.reference)}${row(t("dossier.date"), texts.day(input.printed))}
    </dl>
    ${asked(input, application, texts)}
    <h2>${t("dossier.people")}</h2>
    ${people(input, application, naming)}
    ${input.withheld && html`<p class="small"><strong>${t("dossier.withheld")}</strong></p>`}
    ${
      application?.whyNow !== undefined &&
      html`<h2>${t("dossier.why")}</h2>
        <p class="free" dir="auto">${application.whyNow}</p>`
    }
    <div class="cols">
      <div>${stay(application, texts)}</div>
      <div>${appearance(application, naming)}${missing(application, naming)}</div>
    </div>
    ${
      others.length > 0 &&
      html`<h2>${t("dossier.otherApplications")}</h2>
        <ul>
          ${others.map((one) => html`<li>${oneLine(one, texts)}</li>`)}
        </ul>`
    }
    <div class="box never">
      <strong>${t("dossier.never")}</strong>
      <ul class="line">
        <li>${t("dossier.neverCall")}</li>
        <li>${t("dossier.neverState")}</li>
        <li>${t("dossier.neverPass")}</li>
      </ul>
    </div>
    <div class="cols">
      <div>
        <h2>${t("dossier.check")}</h2>
        <p>
          ${t("dossier.checkText", { office: input.office.name, askFor: input.contact.askFor, reference: input.reference })}
          ${input.replyWord && t("dossier.checkWord")}
        </p>
        ${untilLine(input, texts)}
      </div>
      <div>${vouches(input, texts)}</div>
    </div>
    <ol class="line small contents">
      <li class="quiet">${t("dossier.contents")}</li>
      ${contents.map((title, at) => html`<li>${at + 1}. ${title}</li>`)}
    </ol>
  </section>`;
}

const applicationsOf = ({ sections }: DossierInput): readonly Application[] =>
  Object.values(sections.visa?.applications ?? {}).filter(
    ({ stands }) => stands !== "withdrawn" && stands !== "refused",
  );

function asked({ request }: DossierInput, application: Application | undefined, texts: Texts): Html {
  const { t } = texts;
  const plain =
    request !== undefined &&
    html`<p>
      <strong><bdi>${request.what}</bdi></strong
      >${request.by && ` (${t("dossier.askedBy").toLowerCase()} ${request.by})`}
    </p>`;
  if (application === undefined)
    return plain === false
      ? html``
      : html`<h2>${t("dossier.asked")}</h2>
          ${plain}`;
  const { type, article, entries, days, neededBy, route, authority, state } = application;
  const to = [authority, state === undefined ? undefined : texts.country(state)].filter(
    (part) => part !== undefined,
  );
  return html`<h2>${t("dossier.asked")}</h2>
    ${plain}
    <dl class="two">
      ${row(t("dossier.askedType"), type)}${row(t("dossier.askedBy"), neededBy && html`<strong>${shownDate(texts, neededBy)}</strong>`)}
      ${row(t("dossier.askedArticle"), article)}${row(t("dossier.askedRoute"), route)}
      ${row(t("dossier.askedEntries"), entries && texts.word(entries))}${row(t("dossier.askedDays"), days === undefined ? undefined : String(days))}
      ${row(t("dossier.askedAuthority"), to.join(", "))}
    </dl>`;
}

function oneLine({ type, route, authority, state, stands }: Application, texts: Texts): string {
  const parts = [
    type ?? route,
    authority,
    state && texts.country(state),
    stands && texts.word(stands).toLowerCase(),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(", ");
}

function appearance(application: Application | undefined, { texts, personName }: Naming): Html {
  const { t } = texts;
  const appointments = Object.values(application?.appointments ?? {});
  const biometrics = Object.entries(application?.applicants ?? {});
  const named = (wanted: "yes" | "no") =>
    biometrics
      .filter(([, one]) => one.biometrics === wanted)
      .map(([key]) => personName(key))
      .join(", ");
  const lines = [
    ...appointments.map(({ what, at, place, for: who }) =>
      [
        what,
        at && `${texts.day(at.local.slice(0, 10))}, ${at.local.slice(11)}`,
        place,
        who && personName(who),
      ]
        .filter((part) => part !== undefined && part !== "")
        .join(", "),
    ),
    ...(named("yes") === "" ? [] : [t("dossier.biometricsTaken", { names: named("yes") })]),
    ...(named("no") === "" ? [] : [t("dossier.biometricsNotTaken", { names: named("no") })]),
  ];
  return lines.length === 0
    ? html``
    : html`<h2>${t("dossier.appear")}</h2>
        <ul>
          ${lines.map((line) => html`<li>${line}</li>`)}
        </ul>`;
}

function stay(application: Application | undefined, texts: Texts): Html {
  if (application === undefined) return html``;
  const { t } = texts;
  const rows = [
    row(t("dossier.hostedBy"), application.hostedBy),
    row(t("dossier.paidBy"), application.paidBy),
    row(t("dossier.insuredBy"), application.insuredBy),
    row(
      t("dossier.afterTheStay"),
      application.afterTheStay && html`<span class="free">${application.afterTheStay}</span>`,
    ),
  ];
  return rows.every((one) => one.toString() === "")
    ? html``
    : html`<h2>${t("dossier.stay")}</h2>
        <dl>${rows}</dl>`;
}

function missing(application: Application | undefined, { texts, personName }: Naming): Html {
  const { t } = texts;
  const found = Object.values(application?.missing ?? {});
  if (found.length === 0) return html``;
  return html`<h2>${t("dossier.missing")}</h2>
    <ul>
      ${found.map(
        ({ what, of, why, rule }) =>
          html`<li>
            ${orUnstated(texts, what)}${of && ` (${personName(of)})`}${why && html`: <span class="free">${why}</span>`}${
              rule && html` ${t("dossier.missingRule", { rule })}`
            }
          </li>`,
      )}
    </ul>`;
}

function untilLine({ until }: DossierInput, { t, day }: Texts): Html {
  return html`${until.day !== undefined && html`<p>${t("dossier.until", { date: day(until.day) })}</p>`}
  ${until.event !== undefined && html`<p>${t("dossier.untilEvent", { event: until.event })}</p>`}`;
}

function vouches({ sections, contact, office }: DossierInput, texts: Texts): Html {
  const { t } = texts;
  const others = Object.values(sections.work?.vouching ?? {});
  const lines = others.map(({ who, rank, office: from, knowsHer }) => {
    const line = [who, rank, from].filter((part) => part !== undefined).join(", ");
    return html`<li>${line}${knowsHer && html`: <span class="free">${knowsHer}</span>`}</li>`;
  });
  return html`<h2>${t("dossier.vouches")}</h2>
    ${
      lines.length > 0 &&
      html`<ul>
        ${lines}
      </ul>`
    }
    <div class="sign">
      <div>
        <div class="rule">
          <span class="quiet">${t("dossier.signature")}</span><br /><strong>${contact.name}</strong>${
            contact.rank && html`, ${contact.rank}`
          }<br />${office.name}
        </div>
      </div>
      <div class="stamp quiet small">${t("dossier.stamp")}</div>
    </div>`;
}

/** The few parts every page is built of. What they look like is in base.css. */

import { Component, type ComponentChildren, type JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Problem, Unreachable } from "./api.ts";
import { t } from "./messages/common.ts";
import { language, said, speak, type Text, tongue } from "./text.ts";

type Children = { children?: ComponentChildren };

export function Page({
  wide,
  aside,
  home,
  children,
}: Children & { wide?: boolean; aside?: ComponentChildren; home?: string }) {
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        {t("skip")}
      </button>
      <div class={wide ? "page wide" : "page"}>
        <header class="masthead">
          {home === undefined ? (
            <span class="brand">Vi lærer sammen</span>
          ) : (
            <a class="brand" href={home}>
              Vi lærer sammen
            </a>
          )}
          <div class="row">
            {aside}
            <LanguageSwitch />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <Caught>{children}</Caught>
        </main>
      </div>
    </>
  );
}

/** A page that breaks says so, instead of leaving nothing on the screen; another page is tried as it comes. */
class Caught extends Component<Children, { broken: boolean }> {
  override state = { broken: false };
  readonly #anew = () => this.setState({ broken: false });

  override componentDidMount() {
    addEventListener("hashchange", this.#anew);
  }

  override componentWillUnmount() {
    removeEventListener("hashchange", this.#anew);
  }

  override componentDidCatch() {
    this.setState({ broken: true });
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Banner look>
        <p>{t("broken")}</p>
        <Button onClick={() => location.reload()}>{t("reopen")}</Button>
      </Banner>
    );
  }
}

function LanguageSwitch() {
  const other = language.value === "da" ? "en" : "da";
  return (
    <button type="button" class="button quiet" lang={other} onClick={() => speak(other)}>
      {other === "en" ? "English" : "Dansk"}
    </button>
  );
}

/** The heading of a page: takes the focus when the page is new, so that a screen reader begins there. */
export function Heading({ children, of }: Children & { of: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [of]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** A text of the API, marked as the language it is in: not always the page's. */
export function Said({ text }: { text: Text }) {
  return <span lang={tongue(text)}>{said(text)}</span>;
}

type ButtonProps = JSX.IntrinsicElements["button"] & { kind?: "main" | "quiet" | "danger" | undefined };

export function Button({ kind, class: more, ...rest }: ButtonProps) {
  return <button type="button" {...rest} class={["button", kind, more].filter(Boolean).join(" ")} />;
}

type FieldProps = JSX.IntrinsicElements["input"] & {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
};

/** A labelled input; what is wrong with it stands beside it and is read with it. */
export function Field({ label, hint, wrong, ...rest }: FieldProps) {
  const id = useId();
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <input {...rest} id={id} aria-describedby={about || undefined} aria-invalid={wrong ? "true" : undefined} />
      {wrong && (
        <div class="wrong" id={`${id}-wrong`}>
          {wrong}
        </div>
      )}
    </div>
  );
}

type ChoiceProps = Children & {
  type?: "radio" | "checkbox";
  name?: string;
  checked: boolean;
  onChoose: (checked: boolean) => void;
  disabled?: boolean;
};

/** One radio or checkbox as a large target. */
export function Choice({ type = "radio", name, checked, onChoose, disabled, children }: ChoiceProps) {
  return (
    <label class="choice">
      <input
        type={type}
        {...(name === undefined ? {} : { name })}
        checked={checked}
        disabled={disabled ?? false}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

export function Banner({ look, children }: Children & { look?: boolean }) {
  return (
    <div class={look ? "banner look-here" : "banner"} role={look ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** What went wrong, in words; with a way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof Problem ? error : null;
  return (
    <Banner look>
      <p>{problem?.message ?? (error instanceof Unreachable ? t("unreachable") : t("failed"))}</p>
      {problem !== null && problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((each) => (
            <li key={each.pointer}>{each.detail}</li>
          ))}
        </ul>
      )}
      {problem !== null && problem.status >= 500 && <p class="small">{t("reference", { id: problem.requestId })}</p>}
      {onRetry !== undefined && <Button onClick={onRetry}>{t("retry")}</Button>}
    </Banner>
  );
}

export function Loading() {
  return (
    <p class="muted" role="status">
      {t("loading")}
    </p>
  );
}

/** A modal dialog; Escape and the cancel button close it. */
export function Dialog({ title, onClose, children }: Children & { title: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} class="unspaced">
        {title}
      </h2>
      {children}
    </dialog>
  );
}

/** A table that scrolls inside itself, by keyboard too. */
export function Table({ caption, head, children }: Children & { caption: string; head: readonly ComponentChildren[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((each, index) => (
              <th scope="col" key={index}>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

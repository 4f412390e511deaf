/** Talking to /api/v1: JSON in and out, errors with a sentence for people, and POSTs that can safely be sent again. */
import { frameToken } from "./frame-token.ts";
import { t } from "./messages.ts";

export type FieldProblem = { pointer: string; detail: string };

/** What went wrong, in words that can be shown as they are. `status` is 0 when the server could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    code: string,
    sentence: string,
    errors: FieldProblem[] = [],
    retryAfter: number | null = null,
  ) {
    super(sentence);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may work later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

export type Request = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /** For POST; made up when missing. Give the same one to send the same thing again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** How often to try again when the network fails; 2 unless told. Only what may be sent twice is sent twice. */
  retries?: number;
  keepalive?: boolean;
};

const API = "/api/v1";
export const newKey = (): string => {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // randomUUID is missing where the page is not served over HTTPS.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
};

/** Sends a request below /api/v1 and returns the answer's JSON (undefined for an empty one). Throws ApiError. */
export async function api<T>(path: string, request: Request = {}): Promise<T> {
  const key = request.idempotencyKey ?? newKey();
  for (let attempt = 0; ; attempt++) {
    try {
      return await once<T>(path, request, key);
    } catch (error) {
      if (!(error instanceof ApiError) || !error.passing || attempt >= (request.retries ?? 2)) throw error;
      await wait(backOff(attempt, error.retryAfter), request.signal);
    }
  }
}

/** Milliseconds before the next try: doubling, with chance in it, so that a class does not come back in one wave. */
export function backOff(attempt: number, retryAfter: number | null, chance: number = Math.random()): number {
  if (retryAfter !== null) return retryAfter * 1000 + chance * 500;
  return Math.min(30_000, 400 * 2 ** attempt) * (0.5 + chance);
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function once<T>(path: string, request: Request, key: string): Promise<T> {
  const answer = await reach(path, request, key);
  if (!answer.ok) throw await problem(answer);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function reach(path: string, request: Request, key: string): Promise<Response> {
  const { method = "GET", body, signal, keepalive } = request;
  try {
    return await fetch(path.startsWith("/") && !path.startsWith(API) ? API + path : path, {
      method,
      headers: headersFor(method, body, key),
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      "offline",
      t("Foreword cannot be reached. Check your connection; your text is still here."),
    );
  }
}

function headersFor(method: string, body: unknown, key: string): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined && !(body instanceof FormData)) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = key;
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (frameToken) headers.Authorization = `Bearer ${frameToken}`;
  return headers;
}

export function csrfToken(): string {
  if (typeof document === "undefined") return "";
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

async function problem(answer: Response): Promise<ApiError> {
  const retryAfter = Number(answer.headers.get("Retry-After")) || null;
  let said: { code?: string; detail?: string; title?: string; errors?: FieldProblem[] } = {};
  try {
    said = await answer.json();
  } catch {
    // A proxy in between may answer with a page; the status says enough.
    said = {};
  }
  const sentence = said.detail || said.title || sentenceFor(answer.status);
  return new ApiError(
    answer.status,
    said.code ?? `http_${answer.status}`,
    sentence,
    said.errors ?? [],
    retryAfter,
  );
}

function sentenceFor(status: number): string {
  if (status === 401) return t("You are signed out. Sign in again in another tab; your text is still here.");
  if (status === 403) return t("You may not do this here.");
  if (status === 404) return t("This is not here any more.");
  if (status === 413) return t("This is too large.");
  if (status === 429) return t("That was a lot at once. Wait a moment, then try again.");
  return t("Something went wrong on the server. Your text is still here; try again in a moment.");
}

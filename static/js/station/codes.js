/**
 * What a page can tell of a code by itself, while nobody else can be asked. Pure.
 *
 * It refuses only what the server is sure to refuse (server/domain/scan.py); whatever may be one of
 * ours is kept for the server to judge.
 *
 * @typedef {{kind: "badge", badge: string} | {kind: "operation", operation: string}
 *   | {kind: "other"} | {kind: "refused", code: "unknown-code" | "unreadable", reason: string}} Reading
 */

const LONGEST = 256;
const AROUND = " \t\r\n\0\x02\x03";
const SUPPLIER = /^\](?:[EeI].|C1|d[25]|Q[34])/;
const AIM = /^\][A-Za-z][0-9]/;
const ORDER = "[A-Z0-9][A-Z0-9./_-]{0,19}";
const BADGE = /^[13]H([0-9]{3,8})$/;
const OPERATION = new RegExp(`^3W(${ORDER})\\+([0-9]{1,4})$`);
/** Codes that are ours, beside badges and operations; an order's own (`W`) may say anything. */
const OURS = /^(?:10W[0-9]{7}|(?:10S|4W)[A-Z0-9][A-Z0-9._-]{0,19}|W.*)$/;
const OUR_BEGINNINGS = /^(?:10W|10S|3W|4W|1H|3H)/;
const TYPED_BADGE = /^(?:[13]H *)?([0-9]{3,8})$/;
const SPACED = /^(\S+?)(?: +[-/]? *|[-/] +)([0-9]{1,4})$/;
/** Without a blank it may be the end of an order number, unless it is written as operations are. */
const GLUED = /^(\S+)[-/]([0-9]{3}|[1-9][0-9]{3})$/;
const IS_ORDER = new RegExp(`^${ORDER}$`);

/** @type {Reading} */
const OTHER = { kind: "other" };

/**
 * Tell whether ten digits have the check digit that ISO 7064 MOD 11,10 wants.
 *
 * @param {string} digits
 */
function isChecked(digits) {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/**
 * Return a text without what scanners send around a code; separators are part of it.
 *
 * @param {string} text
 */
function stripped(text) {
  const signs = [...text];
  const first = signs.findIndex((sign) => !AROUND.includes(sign));
  const last = signs.findLastIndex((sign) => !AROUND.includes(sign));
  return first < 0 ? "" : signs.slice(first, last + 1).join("");
}

/** @param {string} text */
const hasControls = (text) => [...text].some((sign) => sign < " " || sign === "\x7f");

/** @param {string} text */
const isAscii = (text) => [...text].every((sign) => sign <= "\x7f");

/**
 * @param {"unknown-code" | "unreadable"} code
 * @param {string} reason
 * @returns {Reading}
 */
const refused = (code, reason) => ({ kind: "refused", code, reason });

/**
 * @param {string} order
 * @param {string} number
 * @returns {Reading}
 */
const operation = (order, number) => ({
  kind: "operation",
  operation: `${order}/${String(Number(number)).padStart(3, "0")}`,
});

/**
 * Return what a scanner's code says, as far as it can be told here.
 *
 * @param {string} raw
 * @returns {Reading}
 */
export function read(raw) {
  const received = stripped(raw.slice(0, LONGEST));
  const text = stripped(received.replace(AIM, ""));
  if (raw.length > LONGEST || !text) {
    return refused("unreadable", text ? "too-long" : "empty");
  }
  if (SUPPLIER.test(received)) {
    return refused("unknown-code", "supplier-code");
  }
  return text.startsWith("[)>") ? OTHER : plain(text);
}

/**
 * @param {string} text
 * @returns {Reading}
 */
function plain(text) {
  if (hasControls(text)) {
    return refused("unreadable", "control-characters");
  }
  if (/^[0-9]{10}$/.test(text)) {
    return isChecked(text) ? OTHER : refused("unreadable", "check-digit");
  }
  return identified(
    text.replace(/[a-z]/g, (small) => small.toUpperCase()),
    text,
  );
}

/**
 * @param {string} capitals
 * @param {string} text
 * @returns {Reading}
 */
function identified(capitals, text) {
  const badge = BADGE.exec(capitals);
  if (badge) {
    return { kind: "badge", badge: badge[1] };
  }
  const line = OPERATION.exec(capitals);
  if (line) {
    return operation(line[1], line[2]);
  }
  if (OURS.test(capitals)) {
    return OTHER;
  }
  if (OUR_BEGINNINGS.test(capitals)) {
    return refused("unreadable", "malformed");
  }
  return refused("unknown-code", isAscii(text) ? "not-ours" : "not-ascii");
}

/**
 * Return what a typed number says, as far as it can be told here; nothing typed is refused here.
 *
 * @param {string} raw
 * @returns {Reading}
 */
export function typed(raw) {
  const text = stripped(raw).toUpperCase();
  if (AIM.test(text)) {
    return read(raw);
  }
  if (/^[0-9 ]{10,}$/.test(text)) {
    return OTHER;
  }
  const badge = TYPED_BADGE.exec(text);
  if (badge) {
    return { kind: "badge", badge: badge[1] };
  }
  const line = SPACED.exec(text) ?? GLUED.exec(text);
  return line && IS_ORDER.test(line[1]) ? operation(line[1], line[2]) : OTHER;
}

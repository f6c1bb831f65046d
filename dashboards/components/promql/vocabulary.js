// What a query can speak of, as the server knows it: the browser never asks a Prometheus.

/**
 * A word with what kind it is and what it means, as far as that is known.
 * @typedef {[name: string, kind: string, help: string]} Word
 *
 * @typedef {object} Question
 * @property {'metrics' | 'labels' | 'values'} what
 * @property {string} typed what the words are to contain
 * @property {string} [label]
 * @property {string} [matching] the series that have the labels, as a selector
 *
 * @typedef {object} Answer
 * @property {Word[]} words the best of them, in the order in which they are offered
 * @property {boolean} all whether there are no more
 */

const PLACE = new URL('../../../../../asked/vocabulary', import.meta.url);
/** @type {Answer} */
const NOTHING = {words: [], all: true};

/** @typedef {(question: Question, signal?: AbortSignal) => Promise<Answer>} Ask */

/**
 * Asks the server about one source. Where it cannot say, nothing is offered.
 * @param {string} source
 * @returns {Ask}
 */
export function vocabularyOf(source) {
  return async (question, signal) => {
    try {
      const body = JSON.stringify({source, ...question});
      const answer = await fetch(PLACE, {
        method: 'POST',
        body,
        signal,
        headers: {'Content-Type': 'application/json'},
      });
      return answer.ok ? await answer.json() : NOTHING;
    } catch {
      return NOTHING;
    }
  };
}

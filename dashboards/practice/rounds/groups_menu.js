// The menu by which a card is moved without a pointer: arrows, Enter, Escape.

import {make, pixels, placeAmong} from '../../components/browser/dom.js';

/** @type {Record<string, number>} */
const STEPS = {ArrowDown: 1, ArrowUp: -1};

export class Menu {
  /** @type {HTMLElement | null} */
  node = null;
  /** @type {HTMLElement | null} */
  button = null;

  /**
   * @param {HTMLElement} root
   * @param {(card: string, group: string) => void} chosen
   */
  constructor(root, chosen) {
    this.root = root;
    this.chosen = chosen;
    /** @param {PointerEvent} event */
    this.outside = ({target}) => {
      const inside = target instanceof Node && (this.node?.contains(target) || this.button?.contains(target));
      if (!inside) this.close();
    };
  }

  /**
   * @param {HTMLElement} button
   * @param {string} card
   * @param {{id: string, name: string}[]} places
   */
  open(button, card, places) {
    const again = this.button === button;
    this.close();
    if (again) return;
    this.button = button;
    const items = places.map(({id, name}) =>
      make('button', {
        type: 'button',
        role: 'menuitem',
        tabindex: '-1',
        text: name,
        onclick: () => this.choose(card, id),
      }),
    );
    this.node = make(
      'div',
      {class: 'mv-move-menu', role: 'menu', 'aria-label': 'Move to', onkeydown: (event) => this.key(event)},
      items,
    );
    const at = button.getBoundingClientRect();
    const here = this.root.getBoundingClientRect();
    const right = Math.max(0, here.right - at.right);
    Object.assign(this.node.style, pixels({top: at.bottom - here.top + 4, right}));
    this.root.append(this.node);
    button.setAttribute('aria-expanded', 'true');
    items[0].focus();
    setTimeout(() => addEventListener('pointerdown', this.outside, true));
  }

  /**
   * @param {string} card
   * @param {string} group
   */
  choose(card, group) {
    this.close();
    this.chosen(card, group);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const items = [...(this.node?.querySelectorAll('button') ?? [])];
    const here = placeAmong(items, document.activeElement);
    const {key} = event;
    if (STEPS[key]) items[(here + STEPS[key] + items.length) % items.length].focus();
    else if (key === 'Home') items[0].focus();
    else if (key === 'End') items[items.length - 1].focus();
    else if (key === 'Escape' || key === 'Tab') this.close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** `back` puts the focus where the menu was opened from. */
  close(back = false) {
    removeEventListener('pointerdown', this.outside, true);
    this.node?.remove();
    this.button?.removeAttribute('aria-expanded');
    if (back) this.button?.focus({preventScroll: true});
    this.node = null;
    this.button = null;
  }
}

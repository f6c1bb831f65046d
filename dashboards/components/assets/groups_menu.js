// The menu by which a card is moved without a pointer: arrows, Enter, Escape.

import {make} from './dom.js';

const STEPS = {ArrowDown: 1, ArrowUp: -1};

export class Menu {
  constructor(root, chosen) {
    this.root = root;
    this.chosen = chosen;
    this.outside = (event) => !this.node?.contains(event.target) && !this.button?.contains(event.target) && this.close();
  }

  open(button, card, places) {
    if (this.button === button) return this.close();
    this.close();
    this.button = button;
    this.node = make('div', {class: 'mv-move-menu', role: 'menu', 'aria-label': 'Move to', onkeydown: (event) => this.key(event)},
      places.map(({id, name}) => make('button', {type: 'button', role: 'menuitem', tabindex: '-1', text: name, onclick: () => this.choose(card, id)})));
    const at = button.getBoundingClientRect(), here = this.root.getBoundingClientRect();
    Object.assign(this.node.style, {top: `${at.bottom - here.top + 4}px`, right: `${Math.max(0, here.right - at.right)}px`});
    this.root.append(this.node);
    button.setAttribute('aria-expanded', 'true');
    this.node.firstElementChild.focus();
    setTimeout(() => addEventListener('pointerdown', this.outside, true));
  }

  choose(card, group) {
    this.close();
    this.chosen(card, group);
  }

  key(event) {
    const items = [...this.node.children], here = items.indexOf(document.activeElement), {key} = event;
    if (STEPS[key]) items[(here + STEPS[key] + items.length) % items.length].focus();
    else if (key === 'Home') items[0].focus();
    else if (key === 'End') items.at(-1).focus();
    else if (key === 'Escape' || key === 'Tab') this.close({back: true});
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  close({back = false} = {}) {
    removeEventListener('pointerdown', this.outside, true);
    this.node?.remove();
    this.button?.removeAttribute('aria-expanded');
    if (back) this.button?.focus({preventScroll: true});
    this.node = this.button = null;
  }
}

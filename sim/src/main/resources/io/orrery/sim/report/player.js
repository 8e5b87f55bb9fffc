// Time goes by: the cursor moves on by itself, an eighth of what is in view each second.

const PLAY_SHARE = 1 / 8;

class Player {
  constructor(view) {
    this.view = view;
    this.button = document.getElementById('play');
    this.isOn = false;
  }

  toggle() {
    if (this.isOn) {
      this.stop();
    } else {
      this.start();
    }
  }

  start() {
    const { view } = this;
    const isAtEnd = view.cursor === null || view.cursor < view.from || view.cursor >= Math.min(view.to, view.last);
    this.at = isAtEnd ? Math.max(view.from, view.first) : view.cursor;
    this.isOn = true;
    this.show();
    let before = performance.now();
    const step = (now) => {
      if (!this.isOn) {
        return;
      }
      this.at += ((now - before) / 1000) * PLAY_SHARE * (view.to - view.from);
      before = now;
      if (this.at >= view.last) {
        view.moveCursor(view.timeOf(view.last), true);
        this.stop();
        return;
      }
      if (this.at > view.to - (view.to - view.from) * 0.1) {
        view.centre(this.at + (view.to - view.from) * 0.4);
      }
      view.moveCursor(view.timeOf(this.at), false);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  stop() {
    this.isOn = false;
    this.show();
  }

  show() {
    this.button.textContent = this.isOn ? '❚❚' : '▶';
    this.button.setAttribute('aria-pressed', String(this.isOn));
  }
}

import {
  Button,
  CharacterCount,
  ErrorSummary,
  Header,
  NotificationBanner,
  SkipLink,
  createAll,
} from "./nhsuk-frontend.js";
import { revealConditional } from "./reveal.js";
import { submitOnce } from "./submit-once.js";
import { countWords } from "./words.js";

// Left out: FileUpload, whose button axe finds misnamed (a plain file input does as well), and Radios and Checkboxes,
// which give radios an `aria-expanded` that ARIA does not allow; `reveal.js` does their part.
for (const component of [Button, ErrorSummary, Header, NotificationBanner, SkipLink]) {
  createAll(component);
}
createAll(CharacterCount, { countFunction: countWords });
revealConditional(document);
submitOnce(document);

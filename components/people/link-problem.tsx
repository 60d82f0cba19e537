import Link from "next/link";
import { AuthPage } from "../shell/auth-page.tsx";
import { buttonClass } from "../ui/button.tsx";

/** In place of what a link would have led to. */
export const LinkProblem = ({ title, words }: { title: string; words: string }) => (
  <AuthPage title={title} lead={words}>
    <Link href="/sign-in" className={buttonClass({ variant: "primary" }, "w-full")}>
      Go to the sign-in
    </Link>
  </AuthPage>
);

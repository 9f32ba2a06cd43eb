import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Field, Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";

type PasswordFieldProps = Pick<ComponentProps<typeof Input>, "name" | "autoComplete" | "ref"> &
  Pick<ComponentProps<typeof Field>, "label" | "hint">;

/** A labelled and required password, by default the current one. */
export function PasswordField({ label, hint, ...props }: PasswordFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <PasswordInput
          name="password"
          autoComplete="current-password"
          required
          {...control}
          {...props}
        />
      )}
    </Field>
  );
}

/** A password field that can show its text. */
function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type" | "className">) {
  const t = useTranslations("signIn");
  const [shown, setShown] = useState(false);
  return (
    <span className="relative flex">
      <Input {...props} type={shown ? "text" : "password"} className="pr-9" />
      <IconButton
        label={t(shown ? "hideCharacters" : "showCharacters")}
        className="absolute inset-y-0 right-0"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </span>
  );
}

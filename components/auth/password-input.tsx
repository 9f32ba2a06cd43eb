import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";

/** A password field that can show its text. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type" | "className">) {
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

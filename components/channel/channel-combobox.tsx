"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, type KeyboardEvent, useId, useState } from "react";
import { Input } from "@/components/ui/field";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { visibleText } from "@/lib/visible-text";

type ChannelComboboxProps = {
  /** The attributes that connect it with its label. */
  control: ComponentProps<"input">;
  value: string;
  onChange: (text: string) => void;
  /** The suggestions for the last text of `onSearch`. */
  channels: readonly ChannelName[];
  /** The text that suggestions are wanted for, or an empty one. */
  onSearch: (text: string) => void;
  onChoose: (channel: ChannelName) => void;
  onFocus?: () => void;
};

/** A field for the ID or name of a channel, with suggestions while somebody types. */
export function ChannelCombobox(props: ChannelComboboxProps) {
  const { control, value, onChange, channels, onSearch, onChoose, onFocus } = props;
  const t = useTranslations("membership");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const listId = useId();
  const isShown = isOpen && channels.length > 0;
  const chosen = isShown && active !== null ? channels[active] : undefined;

  const close = () => {
    setOpen(false);
    setActive(null);
    onSearch("");
  };
  const choose = (channel: ChannelName) => {
    close();
    onChoose(channel);
  };
  const move = (event: KeyboardEvent) => {
    // Safari ends the composition before the Enter that belongs to it.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || !isShown) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // One place more than there are options: the field itself.
      const slots = channels.length + 1;
      const next = ((active ?? -1) + 1 + step + slots) % slots;
      setActive(next === 0 ? null : next - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen) {
      // The form is not submitted with the text that was typed.
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Enter") {
      close();
    }
  };

  return (
    <div className="relative min-w-0 flex-1">
      <Input
        {...control}
        role="combobox"
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={chosen && `${listId}-${active}`}
        value={value}
        onFocus={onFocus}
        onBlur={close}
        onKeyDown={move}
        onChange={({ target }) => {
          onChange(target.value);
          onSearch(target.value.trim());
          setOpen(true);
          setActive(null);
        }}
        placeholder={t("example")}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
      />
      {isShown && (
        <Suggestions
          id={listId}
          label={t("suggestions")}
          {...{ channels, active }}
          onChoose={choose}
        />
      )}
      <p role="status" className="sr-only">
        {isShown && t("suggestionCount", { count: channels.length })}
      </p>
    </div>
  );
}

type SuggestionsProps = {
  id: string;
  label: string;
  channels: readonly ChannelName[];
  /** The index of the option that Enter chooses. */
  active: number | null;
  onChoose: (channel: ChannelName) => void;
};

function Suggestions({ id, label, channels, active, onChoose }: SuggestionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 top-full z-40 mt-1 max-h-80 overflow-y-auto rounded-control bg-raised p-1 text-ink shadow-float"
    >
      {channels.map((channel, index) => (
        <div
          key={channel.channelId}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className="grid cursor-default rounded-control px-2 py-1 hover:bg-hover aria-selected:bg-hover"
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(channel)}
          onKeyDown={({ key }) => key === "Enter" && onChoose(channel)}
        >
          <bdi className="truncate">{visibleText(channel.name || channel.channelId)}</bdi>
          {channel.name && (
            <bdi className="truncate font-mono text-dense text-muted">
              {visibleText(channel.channelId)}
            </bdi>
          )}
        </div>
      ))}
    </div>
  );
}

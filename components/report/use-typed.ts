"use client";
import { useEffect, useRef, useState } from "react";

const settleMs = 300;

/**
 * What a person types, told once they pause; what changes the value from elsewhere, such as Back, is shown at once.
 * @param settle told of the text that was typed
 */
export function useTyped(value: string, settle: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useRef(settle);
  useEffect(() => {
    tell.current = settle;
  });
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}

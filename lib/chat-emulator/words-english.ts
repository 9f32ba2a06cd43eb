import type { Vocabulary } from "./vocabulary";

export const english: Vocabulary = {
  places:
    "London Bristol Leeds Glasgow Dublin Cardiff Belfast Oxford Brighton Norwich Boston Chicago Denver Seattle Portland Austin Atlanta Phoenix Toronto Ottawa Calgary Halifax Sydney Perth Hobart Darwin Auckland Wellington Nairobi Kampala Accra Lagos Durban Kingston Nassau Valletta Gibraltar Singapore Penang Galway".split(
      " ",
    ),
  space: " ",
  organizations: [
    {
      name: "Harbour Media Group",
      slug: "harbour",
      topics: [
        [
          "Morning News",
          "morning",
          "What happened in * overnight, in your pocket before breakfast.",
        ],
        ["Evening Brief", "evening", "Five stories from * worth your train ride home."],
        [
          "Weather Watch",
          "weather",
          "Forecasts, tides and warnings for * and the coast around it.",
        ],
        ["Business Wire", "business", "Markets, jobs and openings: the working day of *."],
        ["Live Music", "music", "Who plays tonight in *, and where tickets are left."],
        ["Food Table", "food", "New kitchens, old favourites and one recipe a week from *."],
        ["Film Club", "film", "Screenings, reviews and the Thursday quiz of the * film club."],
        ["Radio Hour", "radio", "Programme notes and replays of the station that wakes *."],
      ],
    },
    {
      name: "Civic Services Network",
      slug: "civic",
      topics: [
        [
          "City Council",
          "council",
          "Decisions, consultations and opening hours of * City Council.",
        ],
        [
          "Public Transport",
          "transport",
          "Delays, diversions and night buses in *, as they happen.",
        ],
        ["Libraries", "library", "Readings, late openings and new arrivals in the libraries of *."],
        ["Water and Energy", "utilities", "Planned works and outages in *, street by street."],
        ["Health Service", "health", "Clinics, vaccination days and pharmacy rotas for *."],
        ["Schools", "schools", "Term dates, closures and enrolment for the schools of *."],
        ["Recycling", "recycling", "Which bin on which day: collection notices for *."],
        ["Museum", "museum", "Exhibitions, tours and free Sundays at the * Museum."],
      ],
    },
    {
      name: "Alder & Vale Leisure",
      slug: "alder",
      topics: [
        ["Football Club", "football", "Line-ups, scores and ticket news of * Football Club."],
        ["Rowing Club", "rowing", "Training times, regattas and river levels at *."],
        ["Marathon", "marathon", "Routes, start lists and results of the * Marathon."],
        ["Esports Arena", "esports", "Brackets, streams and open nights at the * arena."],
        ["Farmers Market", "market", "What is ripe, and who is at the * market this Saturday."],
        ["Book Shop", "books", "Signed copies, pre-orders and readings at the * shop."],
        ["Coffee Roasters", "coffee", "Fresh roasts and members' offers from our * counter."],
        ["Bike Store", "bikes", "Repairs, rides and the autumn sale of the * store."],
      ],
    },
  ],
};

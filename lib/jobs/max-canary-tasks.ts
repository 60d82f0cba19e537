/** The most tasks that run before somebody is asked again. For the browser too, which knows no schema. */
export const maxCanaryTasks = 10_000;

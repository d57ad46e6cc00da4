namespace Atrium.Tasks;

/// <summary>What is loaded with a task that is to be changed; recurrence and assignees always are.</summary>
[Flags]
internal enum Parts
{
    None = 0,
    Labels = 1,
    Checklist = 2,
    Reminders = 4,
    Places = 8,
    Occurrences = 16,

    /// <summary>What the state machine may touch. Only a series has more than its assignees.</summary>
    State = 32,
    All = Labels | Checklist | Reminders | Places | Occurrences,
}

namespace Atrium.Kernel.Outbox;

/// <summary>
/// What a module does, in its own database, when something happened. Runs inside a transaction of that module's context which
/// also removes the message: its changes happen exactly once. No network, mail or files.
/// </summary>
public interface IReaction<in TEvent> where TEvent : class
{
    Task HandleAsync(TEvent happened, CancellationToken ct);
}

/// <summary>
/// What a module does outside the database when something happened: mail, HTTP, files. Runs at least once; the delivery's id stays
/// the same over retries, so that the far end can tell.
/// </summary>
public interface IEffect<in TEvent> where TEvent : class
{
    Task HandleAsync(TEvent happened, Delivery delivery, CancellationToken ct);
}

/// <summary>What an effect may know of its message.</summary>
/// <param name="Attempt">1 for the first try.</param>
public sealed record Delivery(Id<OutboxMessage> Id, int Attempt, DateTimeOffset CreatedAt);

/// <summary>Names an event in the outbox and in webhooks: lower case, dotted, past tense.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

using Atrium.Kernel.Data;

namespace Atrium.Kernel.Diagnostics;

/// <summary>Writes the audit log.</summary>
public static class AuditLog
{
    /// <summary>Records an act in the transaction that carries it out.</summary>
    public static void Record(this ModuleDb db, Actor actor, string action, Thing? thing = null, string? details = null) => db.Audit.Add(new()
    {
        At = db.Now,
        ActorId = actor.MemberId,
        Client = actor.Client,
        Address = actor.Address?.ToString(),
        Action = action,
        Thing = thing,
        Details = details,
    });
}

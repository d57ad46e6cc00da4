using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Operations;

/// <summary>An operation as its owner sees it.</summary>
public sealed record OperationView(
    Id<Operation> Id, string Kind, string Title, OperationState State, long Done, long? Total, string? Message,
    System.Text.Json.JsonElement? Result, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

/// <summary>Where long work is asked for, watched and called off.</summary>
public static class OperationDesk
{
    /// <summary>Asks for an operation; it starts as soon as this is committed.</summary>
    public static async Task<Id<Operation>> RequestAsync(KernelDb db, Actor actor, string kind, string title, string input, CancellationToken ct)
    {
        var operation = new Operation { Kind = kind, Title = title, OwnerId = actor.MemberId, Input = input, CreatedAt = db.Now };
        db.Operations.Add(operation);
        db.Publish(new OperationRequested(operation.Id));
        await db.SaveChangesAsync(ct);
        return operation.Id;
    }

    /// <summary>The operation, if it is the actor's own or the actor administers the house.</summary>
    public static async Task<OperationView> GetAsync(Id<Operation> id, KernelDb db, Actor actor, CancellationToken ct) =>
        await Readable(db, actor).Where(o => o.Id == id).FirstOrDefaultAsync(ct) is { } found ? View(found) : throw Refusal.NotFound();

    public static async Task<Slice<OperationView>> ListAsync(int? limit, string? cursor, KernelDb db, Actor actor, CancellationToken ct)
    {
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Operation>(cursor);
        var rows = await Readable(db, actor).Where(o => before == null || o.Id < before).OrderByDescending(o => o.Id).Take(page.Size + 1).ToListAsync(ct);
        return Slice<Operation>.Cut(rows, page.Size, o => o.Id.ToString()).Select(View);
    }

    /// <summary>Asks a running operation to stop; one that is over stays as it is.</summary>
    public static async Task<OperationView> CancelAsync(Id<Operation> id, KernelDb db, Actor actor, CancellationToken ct)
    {
        await GetAsync(id, db, actor, ct);
        await db.Operations.Where(o => o.Id == id && (o.State == OperationState.Queued || o.State == OperationState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.CancelRequested, true), ct);
        return await GetAsync(id, db, actor, ct);
    }

    internal static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapApi("operations", "kernel");
        group.MapGet("", ListAsync).Operation("listOperations", "Lists your long-running work, newest first", "operations:read", RateClass.Read);
        group.MapGet("/{id}", GetAsync).Operation("getOperation", "Shows how far long-running work is", "operations:read", RateClass.Read, "not_found");
        group.MapDelete("/{id}", CancelAsync).Operation("cancelOperation", "Asks long-running work to stop", "operations:write", RateClass.Write, "not_found");
    }

    private static IQueryable<Operation> Readable(KernelDb db, Actor actor)
    {
        if (actor.IsAdministrator) return db.Operations;
        var me = actor.Demand();
        return db.Operations.Where(o => o.OwnerId == me);
    }

    private static OperationView View(Operation o) => new(
        o.Id, o.Kind, o.Title, o.State, o.Done, o.Total, o.Message,
        o.Result is null ? null : System.Text.Json.JsonDocument.Parse(o.Result).RootElement, o.CreatedAt, o.StartedAt, o.EndedAt);
}

/// <summary>An operation's topic is its owner's.</summary>
internal sealed class OperationTopic(KernelDb db) : ITopicRule
{
    public string Kind => "operation";

    public async ValueTask<long?> CursorAsync(string key, Actor actor, CancellationToken ct)
    {
        if (!actor.IsMember || !Id<Operation>.TryParse(key, null, out var id)) return null;
        var found = await db.Operations.Where(o => o.Id == id).Select(o => new { o.OwnerId, o.Done, o.EndedAt }).FirstOrDefaultAsync(ct);
        return found is null || !(actor.Is(found.OwnerId) || actor.IsAdministrator) ? null : found.EndedAt is null ? found.Done : long.MaxValue;
    }
}

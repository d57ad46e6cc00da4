using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Keeps what somebody began to write, with its pictures.</summary>
internal sealed class DraftDesk(SocialDb db)
{
    public const int Most = 200;
    public const int LongestText = 50_000;

    /// <summary>One's drafts, newest first.</summary>
    public async Task<IReadOnlyList<Draft>> ListAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Drafts.Where(d => d.AccountId == me).OrderByDescending(d => d.UpdatedAt).Take(Most).ToListAsync(ct);
    }

    /// <exception cref="Refusal">Not found: no draft of one's own.</exception>
    public async Task<Draft> MineAsync(Id<Draft> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Drafts.AsTracking().FirstOrDefaultAsync(d => d.Id == id && d.AccountId == me, ct) ?? throw Refusal.NotFound();
    }

    public Task<Draft> AddAsync(NewStatus wanted, Viewer viewer, CancellationToken ct)
    {
        Demand(wanted);
        var draft = new Draft { AccountId = viewer.Demand(), Params = wanted.ToJson(), UpdatedAt = db.Now };
        return db.WriteAsync(
            async token =>
            {
                if (await db.Drafts.CountAsync(d => d.AccountId == draft.AccountId, token) >= Most) throw Refusal.Conflict("limit", $"At most {Most} drafts are kept.");
                db.Drafts.Add(draft);
                await db.SaveChangesAsync(token);
                await HoldAsync(draft, wanted, token);
                return draft;
            },
            ct);
    }

    /// <param name="change">Makes the draft's new words of the old ones.</param>
    public Task<Draft> EditAsync(Id<Draft> id, Func<NewStatus, NewStatus> change, Etag? ifMatch, Viewer viewer, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var draft = await MineAsync(id, viewer, token);
            ifMatch?.Demand(draft.Revision);
            var wanted = change(NewStatus.FromJson(draft.Params));
            Demand(wanted);
            (draft.Params, draft.UpdatedAt) = (wanted.ToJson(), db.Now);
            await db.SaveChangesAsync(token);
            await HoldAsync(draft, wanted, token);
            return draft;
        },
        ct);

    /// <summary>Throws a draft away; pictures that lie in no post go with it.</summary>
    public Task DeleteAsync(Id<Draft> id, Viewer viewer, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            db.Drafts.Remove(await MineAsync(id, viewer, token));
            await db.Media.Where(m => m.DraftId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DraftId, (Id<Draft>?)null), token);
        },
        ct);

    // What a draft holds is not swept away with what nobody holds.
    private async Task HoldAsync(Draft draft, NewStatus wanted, CancellationToken ct)
    {
        var (id, me) = (draft.Id, draft.AccountId);
        List<Id<Media>> media = [.. wanted.Media];
        await db.Media.Where(m => m.DraftId == id && !media.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.DraftId, (Id<Draft>?)null), ct);
        if (media.Count > 0) await db.Media.Where(m => media.Contains(m.Id) && m.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(m => m.DraftId, id), ct);
    }

    private static void Demand(NewStatus wanted)
    {
        if (wanted.Text.Length > LongestText) throw Refusal.Invalid("text", $"A draft has at most {LongestText:N0} characters.", "text_too_long");
    }
}

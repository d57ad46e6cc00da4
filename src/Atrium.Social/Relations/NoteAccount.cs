using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Writes down something about somebody, for oneself alone.</summary>
internal sealed class NoteAccount(SocialDb db, AccountReader accounts)
{
    public const int Longest = 2000;

    /// <param name="text">Null or nothing takes the note away.</param>
    /// <exception cref="Refusal">Not found; invalid: too long.</exception>
    public async Task HandleAsync(Id<Account> target, string? text, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (text?.Length > Longest) throw Refusal.Invalid("comment", $"Comment is too long (maximum is {Longest} characters)", "too_long");
        await accounts.OneAsync(target, ct);
        if (string.IsNullOrEmpty(text)) await db.AccountNotes.Where(n => n.AccountId == me && n.TargetId == target).ExecuteDeleteAsync(ct);
        else
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO social_account_note (account_id, target_id, text) VALUES ({0}, {1}, {2}) ON CONFLICT (account_id, target_id) DO UPDATE SET text = {2}", [me.Value, target.Value, text], ct);
    }
}

using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel.Files;

namespace Atrium.Social;

/// <summary>Gives some of the demo's people a view behind their face.</summary>
internal sealed class DemoViews(IMembers members, IProfiles profiles, FileDesk files) : IDemoData
{
    private static readonly (string Who, string View)[] Views = [("ada", "hills"), ("ben", "rows"), ("cleo", "canal"), ("emine", "lights"), ("hugo", "road"), ("ines", "night")];

    public int Order => 19;

    public async Task FillAsync(CancellationToken ct)
    {
        var found = await members.FindAsync([.. Views.Select(v => v.Who)], ct);
        if (found.Count < Views.Length || (await profiles.ProfilesAsync([found["ines"].Id], ct))[found["ines"].Id].HeaderUrl is not null) return;
        foreach (var (who, view) in Views)
        {
            if (await members.ActorAsync(found[who].Id, "web", ct) is not { } actor) continue;
            using var content = new MemoryStream(DemoPainter.Paint(view));
            var file = await files.TakeAsync(content, view + ".png", actor.MemberId, ct);
            await profiles.ChoosePictureAsync(header: true, file.Id, actor, ct);
        }
    }
}

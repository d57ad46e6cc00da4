using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>A post's link is to be looked at.</summary>
[EventName("social.card_wanted")]
internal sealed record CardWanted(Id<Status> Status);

/// <summary>Previews of what posts link to.</summary>
internal static class CardParts
{
    public static void Register(ModuleBuilder module)
    {
        module.Setting(FetchCard.Switch);
        module.On<PostMade, WantCard>().On<PostEdited, WantCard>().Effect<CardWanted, FetchCard>().Recurring<PruneCards>("53 3 * * *");
        module.Services.AddScoped<ReadLink>();
    }
}

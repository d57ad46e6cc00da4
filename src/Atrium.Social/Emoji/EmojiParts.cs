using Atrium.Contracts.Home;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>The house's own emoji, and what it tells everyone.</summary>
internal static class EmojiParts
{
    public static void Register(ModuleBuilder module)
    {
        module.Things<EmojiThings>().Moderation<ModerateEmoji>();
        module.Services.AddScoped<EmojiBook>().AddScoped<EmojiDesk>().AddScoped<AnnouncementReader>().AddScoped<AnnouncementDesk>().AddScoped<AnswerAnnouncement>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        EmojiApi.Map(app);
        AnnouncementApi.Map(app);
    }
}

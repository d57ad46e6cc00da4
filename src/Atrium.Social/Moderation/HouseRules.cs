using System.Globalization;
using Atrium.Kernel.Settings;

namespace Atrium.Social;

/// <param name="Id">Its place, from 1: apps send it with a report.</param>
internal sealed record HouseRule(string Id, string Text, string Hint);

/// <summary>The rules that members agree to, as the administrator wrote them: a line each, with a hint behind a bar.</summary>
internal sealed class HouseRules(HouseSettings settings)
{
    public static readonly Setting Setting = new(
        "social.rules", "House rules", SettingKind.LongText, "", "One rule a line. What stands behind “|” explains it: “Be kind | Argue about things, not about people.”");

    public async ValueTask<IReadOnlyList<HouseRule>> AllAsync(CancellationToken ct) =>
    [
        .. (await settings.TextAsync(Setting, ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((line, at) =>
        {
            var parts = line.Split('|', 2, StringSplitOptions.TrimEntries);
            return new HouseRule((at + 1).ToString(CultureInfo.InvariantCulture), parts[0], parts.Length > 1 ? parts[1] : "");
        }),
    ];
}

using System.Text.Json;

namespace Atrium.Kernel.Data;

internal static class SnakeCase
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Atrium.Kernel.Http.Description;

/// <summary>Names the shapes of a document. Use cases call their bodies Request, each its own: the use case's name tells them apart.</summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo info) => OpenApiOptions.CreateDefaultSchemaReferenceId(info) is null ? null : Name(Nullable.GetUnderlyingType(info.Type) ?? info.Type);

    private static string Name(Type type)
    {
        var own = type.Name.Split('`')[0];
        if (type.IsGenericType) return own + "Of" + string.Join("And", type.GetGenericArguments().Select(Name));
        return type.DeclaringType is { } use ? use.Name + own : own;
    }
}

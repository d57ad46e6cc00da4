using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Atrium.Kernel.Http.Description;

/// <summary>What the code says of itself in its XML documentation, as the build lays it beside each assembly; read when the API is described.</summary>
internal static partial class CodeWords
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> Read = new();

    /// <summary>The summary of a type, or null.</summary>
    public static string? Of(Type type) => Ours(type) ? Plain(Member(type.Assembly, "T:" + IdOf(type))?.Element("summary")) : null;

    /// <summary>What a record's parameter or a property is, or null.</summary>
    public static string? Of(Type type, string property)
    {
        for (var at = type; at is not null && Ours(at); at = at.BaseType)
            if ((Parameter(Member(at.Assembly, "T:" + IdOf(at)), property) ?? Plain(Member(at.Assembly, $"P:{IdOf(at)}.{property}")?.Element("summary"))) is { } said)
                return said;
        return null;
    }

    /// <summary>What a handler's parameter is, or null. Overloads share their words.</summary>
    public static string? Of(MethodInfo handler, string parameter)
    {
        if (handler.DeclaringType is not { } type || !Ours(type)) return null;
        var start = $"M:{IdOf(type)}.{handler.Name}(";
        return Members(type.Assembly).Where(m => m.Key.StartsWith(start, StringComparison.Ordinal)).Select(m => Parameter(m.Value, parameter)).FirstOrDefault(p => p is not null);
    }

    private static bool Ours(Type type) => type.Namespace?.StartsWith("Atrium", StringComparison.Ordinal) == true;

    private static string IdOf(Type type) => ((type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name).Replace('+', '.');

    private static string? Parameter(XElement? member, string name) =>
        Plain(member?.Elements("param").FirstOrDefault(p => string.Equals(p.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase)));

    private static XElement? Member(Assembly assembly, string id) => Members(assembly).GetValueOrDefault(id);

    private static IReadOnlyDictionary<string, XElement> Members(Assembly assembly) => Read.GetOrAdd(assembly, static a =>
    {
        var file = Path.ChangeExtension(a.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(m => m.Attribute("name") is not null).DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value)
            : new Dictionary<string, XElement>();
    });

    private static string? Plain(XElement? element)
    {
        if (element is null) return null;
        var text = string.Concat(element.DescendantNodes().Select(n => n switch
        {
            XText words => words.Parent is { Name.LocalName: "c" } ? $"`{words.Value}`" : words.Value,
            XElement { Name.LocalName: "see" or "paramref" } named when (named.Attribute("cref") ?? named.Attribute("name") ?? named.Attribute("langword"))?.Value is { } name => name.Split('.', ':')[^1],
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim() is { Length: > 0 } plain ? plain : null;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}

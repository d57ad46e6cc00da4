using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>What a caller may say beside the file: the options of every importer of tasks.</summary>
internal sealed record ImportOptions
{
    /// <summary>Id, key or title of the project it goes to; made with that title if there is none. Without it the file's own title counts.</summary>
    public string? Project { get; init; }

    public MappingOption? Mapping { get; init; }

    public static ImportOptions Read(IReadOnlyDictionary<string, string> options)
    {
        foreach (var name in options.Keys)
            if (name is not ("project" or "mapping"))
                throw Refusal.Invalid(name, $"There is no option “{name}”. There are: project, mapping.", "unknown_option");
        return new() { Project = options.GetValueOrDefault("project"), Mapping = MappingOption.Read(options.GetValueOrDefault("mapping")) };
    }

    /// <exception cref="Refusal"><c>import_format</c>: no such format, or the file is not what it should be.</exception>
    public ImportPlan Plan(string format, byte[] file, string fileName, DateTimeZone zone, Instant now) => format switch
    {
        "trello" => TrelloImport.Plan(file, zone),
        "csv" => PlanCsv(file, fileName, zone, now),
        "ics" => IcsImport.Plan(file, TitleOf(fileName), zone),
        "json" => DocumentImport.Plan(file),
        _ => throw Refusal.Invalid("format", "A format is trello, csv, ics or json.", "import_format"),
    };

    public static string TitleOf(string fileName) => Path.GetFileNameWithoutExtension(fileName).Replace('_', ' ').Trim() is { Length: > 0 } name ? name : "Imported tasks";

    private ImportPlan PlanCsv(byte[] file, string fileName, DateTimeZone zone, Instant now)
    {
        var shape = MappingOption.ShapeOf(CsvImport.Decode(file), Mapping);
        return CsvImport.Plan(file, TitleOf(fileName), zone, now, shape, Mapping?.Columns is null ? null : Mapping.ToMapping(shape));
    }
}

/// <summary>How a person reads a CSV file: what was detected, put right. All parts may be left out.</summary>
/// <param name="Columns">Index, or name, of the column for each target: <c>{"title": 0, "due": "Deadline"}</c>.</param>
/// <param name="DateFormat">Such as <c>dd/MM/uuuu</c>.</param>
internal sealed record MappingOption(
    IReadOnlyDictionary<string, JsonElement>? Columns, bool? Todoist, string? Delimiter, [property: JsonPropertyName("has_header")] bool? HasHeader, [property: JsonPropertyName("date_format")] string? DateFormat,
    string? Quote = null)
{
    public static MappingOption? Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try
        {
            return JsonSerializer.Deserialize<MappingOption>(json, Kernel.Http.ApiJson.Options);
        }
        catch (JsonException e)
        {
            throw Refusal.Invalid("mapping", $"The mapping cannot be read at {e.Path}.", "bad_mapping");
        }
    }

    /// <summary>How the file is written: as found out, but for what a person said.</summary>
    public static CsvShape ShapeOf(string text, MappingOption? said) => CsvShape.Detect(
        text, said?.Delimiter is { Length: 1 } delimiter ? delimiter[0] : null, said?.Quote is { Length: 1 } quote ? quote[0] : null, said?.HasHeader, said?.DateFormat is { Length: > 0 } format ? Checked(format) : null);

    public CsvMapping ToMapping(CsvShape shape)
    {
        var columns = new Dictionary<CsvTarget, int>();
        foreach (var (name, where) in Columns!)
        {
            if (!Enum.TryParse<CsvTarget>(name, ignoreCase: true, out var target)) throw Refusal.Invalid("mapping", $"“{name}” is nothing a column can become.", "bad_mapping");
            columns[target] = IndexOf(where, shape);
        }

        if (Todoist != true && !columns.ContainsKey(CsvTarget.Title)) throw Refusal.Invalid("mapping", "Say which column holds the titles.", "bad_mapping");
        return new(columns, Todoist ?? false);
    }

    private static int IndexOf(JsonElement where, CsvShape shape)
    {
        if (where.ValueKind == JsonValueKind.Number && where.TryGetInt32(out var index) && index >= 0 && index < shape.Columns.Count) return index;
        if (where.ValueKind == JsonValueKind.String)
            for (var i = 0; i < shape.Columns.Count; i++)
                if (shape.Columns[i].Equals(where.GetString(), StringComparison.OrdinalIgnoreCase))
                    return i;
        throw Refusal.Invalid("mapping", $"The file has no column {where}.", "bad_mapping");
    }

    private static string Checked(string format)
    {
        try
        {
            NodaTime.Text.LocalDatePattern.CreateWithInvariantCulture(format);
            return format;
        }
        catch (NodaTime.Text.InvalidPatternException e)
        {
            throw Refusal.Invalid("mapping", $"“{format}” is no date format: {e.Message}", "bad_mapping");
        }
    }
}

using System.Text.Json;

namespace Atrium.Architecture.Tests;

/// <summary>What a stranger can learn of the API from its description alone.</summary>
public class DescriptionTests(WholeHouse house)
{
    [Fact]
    public async Task Every_body_is_described_by_its_fields_and_every_refusal_is_named()
    {
        using var stranger = house.Stranger();
        var faults = new List<string>();
        foreach (var module in Modules.All)
        {
            var document = (await stranger.GetAsync($"/openapi/{module.Name}.json")).Ok().Json;
            if (!document.TryGetProperty("paths", out var paths)) continue;
            foreach (var operation in paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value))
            {
                var name = operation.GetProperty("operationId").GetString();
                if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) && !IsDescribed(json.GetProperty("schema"), document))
                    faults.Add($"{name} takes a body of which nothing is said");
                if (!operation.TryGetProperty("x-scope", out _)) faults.Add($"{name} names no scope");
                var answers = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToList();
                if (!answers.Contains("422") || !answers.Contains("429")) faults.Add($"{name} hides how it refuses");
            }

            // One shape, one name: bodies of different operations are never described by one another's.
            if (document.TryGetProperty("components", out var components) && components.TryGetProperty("schemas", out var schemas))
                faults.AddRange(schemas.EnumerateObject().Where(s => s.Name is "Request" or "Change" or "View" or "Input").Select(s => $"{module.Name} has a shape called {s.Name}"));
        }

        Assert.Empty(faults);
    }

    private static bool IsDescribed(JsonElement schema, JsonElement document)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        return schema.TryGetProperty("properties", out _) || schema.TryGetProperty("items", out _) || schema.TryGetProperty("oneOf", out _) || schema.TryGetProperty("additionalProperties", out _);
    }
}

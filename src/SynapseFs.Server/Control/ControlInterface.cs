using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Control;

/// <summary>
/// The request log and the faults over HTTP, for tools that run outside this process: GET/DELETE /log, GET /totals, /changes,
/// GET/POST/DELETE /faults, DELETE /faults/{id}, PUT /throttle, /clock and /status.
/// </summary>
internal static class ControlInterface
{
    public static void Map(WebApplication app, ServiceHost host)
    {
        Add(app, "GET", "/log", http => WriteAsync(http, [.. host.RequestLog.Requests], ControlJson.Default.LoggedRequestArray));
        Add(app, "GET", "/totals", http => WriteAsync(http, host.RequestLog.Totals, ControlJson.Default.RequestTotals));
        Add(app, "DELETE", "/log", http => DoneAsync(http, host.RequestLog.Reset));
        Add(app, "GET", "/faults", http => WriteAsync(http, Describe(host.Faults), ControlJson.Default.ArmedFaultArray));
        Add(app, "DELETE", "/faults", http => DoneAsync(http, host.Faults.Clear));
        Add(app, "POST", "/faults", http => AddFaultAsync(http, host.Faults));
        Add(app, "DELETE", "/faults/{id}", http => RemoveFaultAsync(http, host.Faults));
        Add(app, "GET", "/changes", http => TellChangesAsync(http, host));
        Add(app, "PUT", "/clock", http => SetClockAsync(http, host));
        Add(app, "PUT", "/status", http => SetStateAsync(http, host));
        Add(app, "PUT", "/throttle", http => DoneAsync(http, () => host.IsThrottled = http.Request.Query["enabled"] != "false"));
    }

    private static void Add(WebApplication app, string method, string pattern, RequestDelegate handler) =>
        app.MapMethods(pattern, [method], handler);

    private static ArmedFault[] Describe(Faults faults) =>
        [.. faults.Rules.Select(pair => new ArmedFault(pair.Key, faults.TimesApplied(pair.Key), pair.Value))];

    private static async Task AddFaultAsync(HttpContext http, Faults faults)
    {
        try
        {
            var rule = await JsonSerializer.DeserializeAsync(http.Request.Body, ControlJson.Default.FaultRule, http.RequestAborted);
            if (rule is { Status: < 200 or > 599 } or { Count: < 0 } or { Skip: < 0 } or { BytesPerSecond: < 1 } or { ResetAfter: < 0 }
                or { TruncateAfter: < 0 } or { StallAfter: < 0 } or { CorruptAt: < 0 } or { Delay.TotalDays: < 0 or > 20 })
            {
                await RefuseAsync(
                    http,
                    "A fault's status is 200 to 599, its counts, offsets and delay (20 days at most) are not negative, "
                    + "its bytesPerSecond is at least 1.");
                return;
            }

            var id = faults.Add(rule ?? new FaultRule());
            await WriteAsync(http, new ArmedFault(id, 0, faults.Rules[id]), ControlJson.Default.ArmedFault);
        }
        catch (JsonException wrong)
        {
            await RefuseAsync(http, $"The fault rule cannot be read: {wrong.Message}");
        }
    }

    private static Task TellChangesAsync(HttpContext http, ServiceHost host)
    {
        var query = http.Request.Query;
        if (!TryNumber(query["since"], 0, long.MaxValue, otherwise: 0, out var since)
            || !TryNumber(query["limit"], 1, 10_000, otherwise: 1000, out var limit))
        {
            return RefuseAsync(http, "?since= is a change number, ?limit= is 1 to 10000.");
        }

        return WriteAsync(http, [.. host.ChangesSince(since, (int)limit)], ControlJson.Default.ChangeRowArray);
    }

    private static bool TryNumber(string? text, long least, long most, long otherwise, out long number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text)
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static Task SetClockAsync(HttpContext http, ServiceHost host)
    {
        if (!double.TryParse(http.Request.Query["skew"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !(Math.Abs(seconds) < TimeSpan.FromDays(36500).TotalSeconds))
        {
            return RefuseAsync(http, "?skew=SECONDS is missing: how far ahead the clock shall be, negative for behind.");
        }

        return DoneAsync(http, () => host.ClockSkew = TimeSpan.FromSeconds(seconds));
    }

    private static Task SetStateAsync(HttpContext http, ServiceHost host)
    {
        StackState? state = http.Request.Query["state"].ToString() switch
        {
            "READ_WRITE" => StackState.ReadWrite,
            "READ_ONLY" => StackState.ReadOnly,
            "DOWN" => StackState.Down,
            _ => null,
        };
        var message = http.Request.Query["message"].ToString() is { Length: > 0 } text ? text : null;
        return state is { } asked
            ? DoneAsync(http, () => host.SetState(asked, message))
            : RefuseAsync(http, "?state= must be READ_WRITE, READ_ONLY or DOWN.");
    }

    private static Task RefuseAsync(HttpContext http, string sentence)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsync(sentence, http.RequestAborted);
    }

    private static Task RemoveFaultAsync(HttpContext http, Faults faults)
    {
        var isKnown = int.TryParse(http.Request.RouteValues["id"] as string, CultureInfo.InvariantCulture, out var id) && faults.Remove(id);
        http.Response.StatusCode = isKnown ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task DoneAsync(HttpContext http, Action work)
    {
        work();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, value, type, http.RequestAborted);
    }
}

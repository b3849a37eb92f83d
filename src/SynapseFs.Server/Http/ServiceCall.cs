using Microsoft.AspNetCore.Http;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.People;

namespace SynapseFs.Server.Http;

/// <summary>One request on its way through the server: who asks, what goes wrong on purpose, what will stand in the log.</summary>
internal sealed class ServiceCall(HttpContext http)
{
    public HttpContext Http { get; } = http;
    public Caller Caller { get; set; } = Caller.Nobody;
    public FaultRule? Fault { get; set; }

    /// <summary>Whether the caller got past the token check: until then the log names nobody.</summary>
    public bool IsIdentified { get; set; }

    public int DownloadEvents { get; set; }
    public long BytesSent { get; set; }
    public long BytesReceived { get; set; }

    /// <summary>Where in the content the answer's body begins: a range does not begin at 0.</summary>
    public long BodyOrigin { get; set; }

    /// <summary>The place among the calls that this caller may have under way; null: it is not counted.</summary>
    public IDisposable? Pass { get; set; }

    /// <summary>Whether the connection was cut on purpose.</summary>
    public bool IsCut { get; private set; }

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Scheme, host and port as the caller wrote them, so that URLs work through whatever relay it came by.</summary>
    public string Origin
    {
        get
        {
            var forwarded = Http.Request.Headers["X-Forwarded-Proto"].ToString();
            var scheme = forwarded is "http" or "https" ? forwarded : Http.Request.Scheme;
            return $"{scheme}://{Http.Request.Host.Value}";
        }
    }

    /// <summary>
    /// Gives up the place under way: the answer is ready. Before its bytes leave, or a caller who reads them and asks again at once
    /// would meet its own former call. A spoiled answer may take long, and keeps its place.
    /// </summary>
    public void LeaveThrottle()
    {
        if (Fault is null)
        {
            Pass?.Dispose();
        }
    }

    /// <summary>Resets the connection.</summary>
    public void Cut()
    {
        IsCut = true;
        Http.Abort();
    }

    public static ServiceCall Of(HttpContext http) =>
        http.Features.Get<ServiceCall>() ?? throw new InvalidOperationException("The request did not come through the recorder.");

    /// <summary>The entity that the path names.</summary>
    public long EntityId => EntityIds.Parse(RouteText("id"));

    /// <summary>The version that the path names.</summary>
    public long Version => EntityIds.ParseNumber(RouteText("version"), "version");

    public string RouteText(string name) => Http.Request.RouteValues[name] as string ?? "";

    /// <summary>A query parameter that is true or false in any case, as Python writes it.</summary>
    public bool Flag(string name, bool otherwise) => bool.TryParse(Query(name), out var flag) ? flag : otherwise;

    /// <summary>A query parameter; null when absent or empty.</summary>
    public string? Query(string name) => Http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public string RequiredQuery(string name) =>
        Query(name) ?? throw ServiceException.BadRequest($"Required request parameter '{name}' is not present");

    /// <summary>What the parameters offset and limit ask for.</summary>
    public OffsetPage Page(long defaultLimit = 10) => OffsetPage.Parse(Query("offset"), Query("limit"), defaultLimit);
}

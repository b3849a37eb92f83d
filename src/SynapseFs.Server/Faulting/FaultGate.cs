using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;

namespace SynapseFs.Server.Faulting;

/// <summary>Lets an armed rule spoil a request: before its work, instead of it, or on the way out.</summary>
internal sealed class FaultGate(Faults faults, WorldFaults worldFaults, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var call = ServiceCall.Of(http);
        var path = http.Request.Path.Value ?? "";
        var side = Doors.Of(path) == ServerService.Storage ? FaultTarget.Storage : FaultTarget.Api;
        if (faults.Take(side, http.Request.Method, path) is not { } rule)
        {
            await next(http);
            return;
        }

        call.Fault = rule;
        if (rule.Delay is { } delay)
        {
            await Task.Delay(delay, time, call.Aborted);
        }

        if (rule.RevokeToken)
        {
            worldFaults.Revoke(call);
            throw new ServiceException(ServiceError.Unauthenticated, "Invalid access token");
        }

        if (rule.Conflict && !worldFaults.Touch(call))
        {
            throw ServiceException.Conflict("Another change came first.");
        }

        if (rule.ResetAfter == 0)
        {
            call.Cut();
        }
        else if (rule.StallAfter == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, call.Aborted);
        }
        else if (rule.Status is { } status)
        {
            await RefuseAsync(call, side, status, rule.Reason);
        }
        else
        {
            await SpoilBodyAsync(call, rule, next);
        }
    }

    private async Task SpoilBodyAsync(ServiceCall call, FaultRule rule, RequestDelegate next)
    {
        var http = call.Http;
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var spoiled = new SpoiledBody(body.Stream, rule, call, time);
        var replacement = new StreamResponseBodyFeature(spoiled, body);
        http.Features.Set<IHttpResponseBodyFeature>(replacement);
        http.Response.OnStarting(spoiled.ShortenHeader);
        try
        {
            await next(http);
            await replacement.CompleteAsync();
        }
        finally
        {
            call.BytesSent = spoiled.Sent;
            http.Features.Set(body);
        }
    }

    private static Task RefuseAsync(ServiceCall call, FaultTarget side, int status, string? reason)
    {
        var text = reason ?? $"The server was told to answer {status}.";
        return side == FaultTarget.Storage
            ? call.BytesAsync(status, "application/xml", Encoding.UTF8.GetBytes(StorageErrors.Xml(StorageErrors.CodeOf(status), text)))
            : call.JsonAsync(status, new ErrorResponse { Reason = text }, ApiJson.Default.ErrorResponse);
    }
}

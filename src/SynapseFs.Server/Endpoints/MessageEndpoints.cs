using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.Signing;
using SynapseFs.Server.World;
using SynapseFs.Server.World.Messaging;

namespace SynapseFs.Server.Endpoints;

/// <summary>Messages between users.</summary>
internal sealed class MessageEndpoints(SynapseWorld world, SignedUrls urls)
{
    private const Scopes Write = Scopes.View | Scopes.Modify;

    public void Add(ServiceRoutes repo)
    {
        repo.Post("/message", Write, async call =>
        {
            var body = await call.ReadAsync(MessageJson.Default.MessageToUser);
            await MessageAsync(call, 201, () => world.Messages.Send(call.Caller, body));
        });
        repo.Get("/message/inbox", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Messages.Inbox(call.Caller, call.Query("inboxFilter"), Order(call), Page(call))),
            MessageJson.Default.MessageBundlePage));
        repo.Get("/message/outbox", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Messages.Outbox(call.Caller, Order(call), Page(call))), MessageJson.Default.MessagePage));
        repo.Get("/message/{message}", Scopes.View, call => MessageAsync(call, 200, () => world.Messages.Get(call.Caller, Id(call))));
        repo.Get("/message/{message}/conversation", Scopes.View, call => call.JsonAsync(
            200, world.Transact(() => world.Messages.Conversation(call.Caller, Id(call), Order(call), Page(call))),
            MessageJson.Default.MessagePage));
        repo.Post("/message/{message}/forward", Write, async call =>
        {
            var to = await call.ReadAsync(MessageJson.Default.MessageRecipientSet);
            await MessageAsync(call, 201, () => world.Messages.Forward(call.Caller, Id(call), to));
        });
        repo.Get("/message/{message}/file", Scopes.Download, call => Redirects.AnswerAsync(
            call, urls, world.Transact(() => world.Messages.Text(call.Caller, Id(call)))));
        repo.Put("/message/status", Scopes.Modify, async call =>
        {
            var status = await call.ReadAsync(MessageJson.Default.MessageStatus);
            world.Transact(() => world.Messages.SetStatus(call.Caller, status));
            await call.NothingAsync(200);
        });
        repo.Delete("/message/{message}", Scopes.Modify, _ => throw new ServiceException(
            ServiceError.Gone,
            "This endpoint has been removed. The service has been moved to /admin/message/{messageId} and is only accessible to "
            + "Synapse administrators"));
        repo.Post("/entity/{id}/message", Write, async call =>
        {
            var body = await call.ReadAsync(MessageJson.Default.MessageToUser);
            await MessageAsync(call, 201, () => world.Messages.SendToOwner(call.Caller, call.EntityId, body));
        });
    }

    private Task MessageAsync(ServiceCall call, int status, Func<MessageToUser> work) =>
        call.JsonAsync(status, world.Transact(work), MessageJson.Default.MessageToUser);

    private static MessageOrder Order(ServiceCall call) =>
        MessageOrder.Parse(call.Query("orderBy"), call.Flag("descending", otherwise: true));

    private static OffsetPage Page(ServiceCall call) => call.Page();

    private static long Id(ServiceCall call) => EntityIds.ParseNumber(call.RouteText("message"), "messageId");
}

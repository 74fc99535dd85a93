"""The Python client: code generated from our contract, grpcio, offsets in code points."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from copydesk.v1 import structuring_service_pb2 as pb
from copydesk.v1 import structuring_service_pb2_grpc as pb_grpc

HERE = Path(__file__).resolve().parent
TEXTS = json.loads((HERE.parent / "texts.json").read_text(encoding="utf-8"))
SERVICE_CONFIG = (HERE.parents[2] / "deploy" / "service-config.json").read_text(encoding="utf-8")
SERVICE = "copydesk.v1.StructuringService"


class Server:
    """A server on free ports, or on those of one that has gone."""

    def __init__(self, grpc_port=0, *flags):
        command = [os.environ["BIN"], "serve", "--admin-listen", "127.0.0.1:0", *flags]
        command += ["--listen", f"127.0.0.1:{grpc_port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.grpc = self.process.stdout.readline().split()[1]
        self.admin = self.process.stdout.readline().split()[1]
        self.wait_until_ready()

    def wait_until_ready(self):
        for _ in range(500):
            try:
                urllib.request.urlopen(f"http://{self.admin}/readyz", timeout=1).read()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the server never got ready")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)

    def end(self):
        if self.process.poll() is None:
            self.stop()
        code = self.process.wait(30)
        self.process.stdout.close()
        return code


def texts_of(message):
    """Every Text below a message."""
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        values = [value] if hasattr(value, "ListFields") else value
        for each in values:
            if each.DESCRIPTOR.full_name == "copydesk.v1.Text":
                yield each
            else:
                yield from texts_of(each)


def a_span_in_code_points_cuts_its_words_out_of_a_str(stub, channel):
    for text in TEXTS:
        options = pb.StructureOptions(offset_unit=pb.OFFSET_UNIT_CODE_POINT)
        answer = stub.StructureArticle(pb.StructureArticleRequest(article=pb.Article(text=text), options=options))
        assert answer.offset_unit == pb.OFFSET_UNIT_CODE_POINT
        found = list(texts_of(answer.document))
        assert found, text
        for each in found:
            assert text[each.span.start : each.span.end] == each.content, (text, each)


def a_refusal_tells_its_reason_and_its_field(stub, channel):
    try:
        stub.StructureArticle(pb.StructureArticleRequest(article=pb.Article(text=" \n")))
        raise AssertionError("an empty article was taken")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
        status = rpc_status.from_call(error)
    info, fields = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    assert any(detail.Unpack(info) for detail in status.details), status
    assert any(detail.Unpack(fields) for detail in status.details), status
    assert (info.reason, info.domain) == ("TEXT_EMPTY", "copydesk.v1"), info
    assert fields.field_violations[0].field == "article.text", fields


def many_wrong_options_do_not_cost_the_status(stub, channel):
    options = pb.StructureOptions(features=[0] * 10_000)
    try:
        stub.StructureArticle(pb.StructureArticleRequest(article=pb.Article(text="Ferries"), options=options))
        raise AssertionError("wrong options were taken")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.INVALID_ARGUMENT, error
        assert rpc_status.from_call(error) is not None


def a_batch_and_a_stream_answer_in_order(stub, channel):
    articles = [pb.Article(text=text) for text in [*TEXTS, ""]]
    results = stub.BatchStructureArticles(pb.BatchStructureArticlesRequest(articles=articles)).results
    assert [r.WhichOneof("result") for r in results] == ["document"] * len(TEXTS) + ["error"]
    request = pb.StreamStructureArticlesRequest
    messages = [request(options=pb.StructureOptions(omit_text=True))]
    messages += [request(article=pb.StreamedArticle(id=str(i), article=a)) for i, a in enumerate(articles * 20)]
    answers = list(stub.StreamStructureArticles(iter(messages)))
    assert [a.id for a in answers] == [str(i) for i in range(len(articles) * 20)]
    assert answers[-1].result.error.reason == "TEXT_EMPTY"
    assert all(not t.content for t in texts_of(answers[0].result.document))


def health_is_checked_watched_and_named(stub, channel):
    health = health_pb2_grpc.HealthStub(channel)
    for name in ["", SERVICE]:
        answer = health.Check(health_pb2.HealthCheckRequest(service=name))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING
    watch = health.Watch(health_pb2.HealthCheckRequest(service="weather.v1.Forecast"))
    assert next(watch).status == health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
    watch.cancel()


def reflection_shows_the_services(stub, channel):
    services = ProtoReflectionDescriptorDatabase(channel).get_services()
    assert SERVICE in services, services


def a_packed_call_is_understood(stub, channel):
    request = pb.StructureArticleRequest(article=pb.Article(text=TEXTS[1] * 100))
    plain = stub.StructureArticle(request)
    packed = stub.StructureArticle(request, compression=grpc.Compression.Gzip)
    assert plain == packed


def no_call_is_lost_while_two_servers_are_restarted_one_after_the_other(stub, channel):
    flags = ["--lame-duck", "1s", "--drain", "5s"]
    servers = [Server(0, *flags), Server(0, *flags)]
    target = "ipv4:" + ",".join(server.grpc for server in servers)
    # Two addresses with a comma between are no authority that HTTP/2 allows.
    options = [("grpc.service_config", SERVICE_CONFIG), ("grpc.default_authority", "copydesk")]
    balanced = grpc.insecure_channel(target, options=options)
    asked = pb.StructureArticleRequest(article=pb.Article(text=TEXTS[1]))
    over, answered, lost = threading.Event(), [0] * 4, []

    def load(i):
        stub = pb_grpc.StructuringServiceStub(balanced)
        while not over.is_set():
            try:
                stub.StructureArticle(asked, timeout=10)
                answered[i] += 1
            except grpc.RpcError as error:
                lost.append(error)

    threads = [threading.Thread(target=load, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    try:
        for i, server in enumerate(servers):
            time.sleep(1)
            assert server.end() == 0, "every call had its answer"
            servers[i] = Server(int(server.grpc.rsplit(":", 1)[1]), *flags)
            # The client looks for it again after a second or so.
            time.sleep(2.5)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        for server in servers:
            server.end()
    assert not lost, lost[:3]
    assert sum(answered) > 100, answered
    print(f"  {sum(answered)} calls over two restarts, none lost")


TESTS = [
    a_span_in_code_points_cuts_its_words_out_of_a_str,
    a_refusal_tells_its_reason_and_its_field,
    many_wrong_options_do_not_cost_the_status,
    a_batch_and_a_stream_answer_in_order,
    health_is_checked_watched_and_named,
    reflection_shows_the_services,
    a_packed_call_is_understood,
    no_call_is_lost_while_two_servers_are_restarted_one_after_the_other,
]


def main():
    server, failed = Server(0, "--lame-duck", "0s"), 0
    try:
        with grpc.insecure_channel(server.grpc) as channel:
            stub = pb_grpc.StructuringServiceStub(channel)
            for test in TESTS:
                try:
                    test(stub, channel)
                except Exception as error:  # each test is told of by itself
                    failed += 1
                    print(f"  FAILED {test.__name__}: {type(error).__name__}: {error}")
    finally:
        server.end()
    print(f"clients: python {len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
